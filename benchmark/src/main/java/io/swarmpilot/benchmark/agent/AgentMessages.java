package io.swarmpilot.benchmark.agent;

import io.swarmpilot.benchmark.logs.Head;
import io.swarmpilot.benchmark.logs.LogPlace;
import io.swarmpilot.benchmark.monitor.GpuReading;
import io.swarmpilot.benchmark.monitor.HostName;
import io.swarmpilot.benchmark.monitor.Reading;
import io.swarmpilot.proto.benchmark.v1.FollowLogRequest;
import io.swarmpilot.proto.benchmark.v1.LogPosition;
import io.swarmpilot.proto.benchmark.v1.WatchReadingsResponse;
import java.time.Instant;

/// What goes over the wire, and what comes from there.
final class AgentMessages {
  private AgentMessages() {}

  static WatchReadingsResponse of(Reading reading, int gpus) {
    WatchReadingsResponse.Builder message =
        WatchReadingsResponse.newBuilder()
            .setUnixSeconds(reading.time().toEpochMilli() / 1e3)
            .setHost(HostName.get());
    if (reading.cpuPercent() != null) {
      message.setCpuPercent(reading.cpuPercent());
    }
    if (reading.ramUsedMb() != null) {
      message.setRamUsedMb(reading.ramUsedMb());
    }
    reading.gpus().stream().limit(gpus).forEach(gpu -> message.addGpus(of(gpu)));
    return message.build();
  }

  static Reading reading(WatchReadingsResponse message) {
    return new Reading(
        Instant.ofEpochMilli(Math.round(message.getUnixSeconds() * 1e3)),
        message.getGpusList().stream()
            .map(gpu ->
                new GpuReading(
                    gpu.hasUtilPercent() ? gpu.getUtilPercent() : null,
                    gpu.hasMemoryUsedMb() ? gpu.getMemoryUsedMb() : null))
            .toList(),
        message.hasCpuPercent() ? message.getCpuPercent() : null,
        message.hasRamUsedMb() ? message.getRamUsedMb() : null);
  }

  static LogPosition of(LogPlace place) {
    return LogPosition.newBuilder()
        .setOffset(place.offset())
        .setHeadBytes(place.head().length())
        .setHeadHash(place.head().hash())
        .build();
  }

  static LogPlace place(FollowLogRequest request) {
    return request.hasFrom() ? place(request.getFrom()) : LogPlace.BEGINNING;
  }

  static LogPlace place(LogPosition position) {
    int length = Math.clamp(position.getHeadBytes(), 0, Head.MAX_BYTES);
    return new LogPlace(position.getOffset(), new Head(length, position.getHeadHash()));
  }

  private static io.swarmpilot.proto.benchmark.v1.GpuReading of(GpuReading gpu) {
    var message = io.swarmpilot.proto.benchmark.v1.GpuReading.newBuilder();
    if (gpu.utilPercent() != null) {
      message.setUtilPercent(gpu.utilPercent());
    }
    if (gpu.memoryUsedMb() != null) {
      message.setMemoryUsedMb(gpu.memoryUsedMb());
    }
    return message.build();
  }
}
