package io.swarmpilot.taskinstance.backend.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// The processes that a server consists of: the one that was started and all that it started in
/// turn.
///
/// A process whose parent ends loses its place in the tree, so on Linux two things more tell that
/// it belongs: a mark in the environment it began with, and the session, when the server has one of
/// its own. Neither is enough alone: a program may overwrite its environment to show a title, and
/// may begin another session. Elsewhere, those are known that were seen below the first one.
///
/// Not safe for use by several threads.
final class ProcessTree {
  /// Variable that holds the mark.
  static final String MARK = "SWARMPILOT_SERVER";

  private static final Path PROC = Path.of("/proc");
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final ProcessHandle root;
  private final String mark;
  private final boolean ownSession;
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  /// @param mark value of [#MARK] in the environment of the processes
  /// @param ownSession whether the first process leads a session of its own
  ProcessTree(ProcessHandle root, String mark, boolean ownSession) {
    this.root = root;
    this.mark = mark;
    this.ownSession = ownSession;
    seen.add(root);
  }

  /// Those that live.
  Set<ProcessHandle> living() {
    root.descendants().forEach(seen::add);
    if (Files.isDirectory(PROC)) {
      ProcessHandle.allProcesses().filter(this::isMember).forEach(seen::add);
    } else {
      Set.copyOf(seen).forEach(process -> process.descendants().forEach(seen::add));
    }
    seen.removeIf(process -> !isLiving(process));
    return Set.copyOf(seen);
  }

  /// Ends them all, without asking; whether none is left.
  ///
  /// @param limit how long to look for more
  boolean kill(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    Set<ProcessHandle> living = living();
    while (!living.isEmpty() && System.nanoTime() < deadline) {
      living.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(PAUSE.toNanos());
      living = living();
    }
    return living.isEmpty();
  }

  /// Ends all that carry a mark, when nothing more is known of them.
  static void killMarked(String mark, Duration limit) {
    ProcessHandle.allProcesses()
        .filter(process -> carries(process, mark))
        .forEach(process -> new ProcessTree(process, mark, false).kill(limit));
  }

  private boolean isMember(ProcessHandle process) {
    return (ownSession && session(process) == root.pid()) || carries(process, mark);
  }

  private static boolean carries(ProcessHandle process, String mark) {
    return read(process, "environ").contains(MARK + '=' + mark + '\0');
  }

  /// A process that has ended and that nobody asked about yet counts as alive to Java.
  private static boolean isLiving(ProcessHandle process) {
    String state = stat(process, 0);
    return process.isAlive() && !state.equals("Z") && !state.equals("X");
  }

  private static long session(ProcessHandle process) {
    String session = stat(process, 3);
    return session.isEmpty() ? -1 : Long.parseLong(session);
  }

  /// A figure of the kernel's, counted from the one behind the name; "" where there is none.
  private static String stat(ProcessHandle process, int index) {
    String line = read(process, "stat");
    int name = line.lastIndexOf(") ");
    if (name < 0) {
      return "";
    }
    String[] figures = line.substring(name + 2).split(" ", index + 2);
    return figures.length > index ? figures[index].strip() : "";
  }

  /// A file about a process; "" when it is gone, another user's, or this is not Linux.
  private static String read(ProcessHandle process, String name) {
    try {
      Path file = PROC.resolve(Long.toString(process.pid())).resolve(name);
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
