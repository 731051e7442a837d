package io.swarmpilot.taskinstance.backend.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is written down about a server, so that it is found when its instance was killed.
///
/// @param mark what its processes carry
/// @param pid its first process; 0 while it is being started
/// @param startedMs when that began, ms since 1970
/// @param ownSession whether that leads a session of its own
/// @param ownerPid process of the instance
/// @param ownerStartedMs when that began, ms since 1970
record ServerRecord(
    String mark, long pid, long startedMs, boolean ownSession, long ownerPid, long ownerStartedMs) {
  // The start of a process is counted from that of the machine, whose clock may have been set.
  private static final Duration TOLERANCE = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// A server of this process that is about to be started.
  static ServerRecord of(String mark, boolean ownSession) {
    ProcessHandle owner = ProcessHandle.current();
    return new ServerRecord(mark, 0, 0, ownSession, owner.pid(), started(owner));
  }

  /// The same once it was started.
  ServerRecord with(ProcessHandle process) {
    return new ServerRecord(
        mark, process.pid(), started(process), ownSession, ownerPid, ownerStartedMs);
  }

  /// Whether its instance lives.
  boolean isOwned() {
    return process(ownerPid, ownerStartedMs).isPresent();
  }

  /// Ends what is left of it.
  void bury() {
    process(pid, startedMs)
        .ifPresentOrElse(
            root -> new ProcessTree(root, mark, ownSession).kill(LIMIT),
            () -> ProcessTree.killMarked(mark, LIMIT));
  }

  /// The process of this number, if it is still the same one.
  private static Optional<ProcessHandle> process(long pid, long startedMs) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(started(process) - startedMs) <= TOLERANCE.toMillis());
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
