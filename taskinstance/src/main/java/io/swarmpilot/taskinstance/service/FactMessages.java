package io.swarmpilot.taskinstance.service;

import io.swarmpilot.proto.taskinstance.v1.EngineLoad;
import io.swarmpilot.proto.taskinstance.v1.GpuDevice;
import io.swarmpilot.proto.taskinstance.v1.Machine;
import io.swarmpilot.taskinstance.facts.GpuFacts;
import io.swarmpilot.taskinstance.facts.HostFacts;

/// Tells what machines and engines are and do.
final class FactMessages {
  private FactMessages() {}

  static Machine machine(HostFacts host) {
    return Machine.newBuilder()
        .setOperatingSystem(host.operatingSystem())
        .setArchitecture(host.architecture())
        .setProcessor(host.processor())
        .setPhysicalCores(host.physicalCores())
        .setLogicalCores(host.logicalCores())
        .setMemoryBytes(host.memoryBytes())
        .build();
  }

  static GpuDevice gpu(GpuFacts gpu) {
    GpuDevice.Builder device =
        GpuDevice.newBuilder()
            .setIndex(gpu.index())
            .setName(gpu.name())
            .setDriverVersion(gpu.driver());
    gpu.memoryBytes().ifPresent(device::setMemoryBytes);
    gpu.usedBytes().ifPresent(device::setUsedBytes);
    gpu.utilization().ifPresent(device::setUtilization);
    return device.build();
  }

  static EngineLoad load(io.swarmpilot.taskinstance.backend.EngineLoad load) {
    EngineLoad.Builder message =
        EngineLoad.newBuilder().setRunning(load.running()).setWaiting(load.waiting());
    if (!Double.isNaN(load.cacheUse())) {
      message.setCacheUse(load.cacheUse());
    }
    return message.build();
  }
}
