package io.swarmpilot.taskinstance.backend.process;

/// What the servers of an instance share.
///
/// @param ports where they listen
/// @param devices how its GPUs are called
/// @param records what is written down about them
record Site(LoopbackPorts ports, GpuDevices devices, ServerRecords records) {}
