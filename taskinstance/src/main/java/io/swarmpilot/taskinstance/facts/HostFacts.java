package io.swarmpilot.taskinstance.facts;

/// The machine.
///
/// @param operatingSystem name and version, "Debian GNU/Linux 12 (bookworm)"
/// @param architecture of its processors, "amd64"
/// @param processor what the processor calls itself; "" when it does not say
/// @param physicalCores cores
/// @param logicalCores threads that they run at the same moment
/// @param memoryBytes memory
public record HostFacts(
    String operatingSystem,
    String architecture,
    String processor,
    int physicalCores,
    int logicalCores,
    long memoryBytes) {}
