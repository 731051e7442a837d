package io.swarmpilot.taskinstance.facts;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A GPU of the machine. What the device does not tell is empty.
///
/// @param index its number on the machine
/// @param name "NVIDIA H100 80GB HBM3"
/// @param driver version of its driver, or ""
/// @param memoryBytes its memory
/// @param usedBytes memory in use, by anybody
/// @param utilization share of the last moment in which it computed, 0 to 1
public record GpuFacts(
    int index,
    String name,
    String driver,
    OptionalLong memoryBytes,
    OptionalLong usedBytes,
    OptionalDouble utilization) {}
