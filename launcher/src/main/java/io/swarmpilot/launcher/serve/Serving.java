package io.swarmpilot.launcher.serve;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;

/// Something that serves.
interface Serving extends AutoCloseable {
  /// Every URL, by what is there.
  Map<String, Object> urls();

  /// Tells the person at the console what is where.
  void announce(PrintWriter out);

  /// Stops taking work, lets what runs end for at most `grace`, then ends the rest.
  void drain(Duration grace);

  /// Stops at once.
  @Override
  void close();
}
