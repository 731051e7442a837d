package io.swarmpilot.scheduler.performance;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The parameters of benchmarks that a command line gives. JMH passes over one that no benchmark
/// has, and measures for minutes what was not meant.
final class GivenParameters {
  private GivenParameters() {}

  /// Checks that each is a parameter of some benchmark.
  ///
  /// @throws IllegalArgumentException naming the first one that is not
  static void check(List<String> arguments) {
    for (int i = 1; i < arguments.size(); i++) {
      if (arguments.get(i - 1).equals("-p")) {
        String name = arguments.get(i).split("=", 2)[0];
        if (!known().contains(name)) {
          throw new IllegalArgumentException(
              "-p " + name + ": no benchmark has it; there are " + String.join(", ", known()));
        }
      }
    }
  }

  private static Set<String> known() {
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            VerboseMode.SILENT);
    Set<String> names = new TreeSet<>();
    BenchmarkList.defaultList()
        .getAll(silent, List.of())
        .forEach(benchmark -> names.addAll(benchmark.getParams().orElse(Map.of()).keySet()));
    return names;
  }
}
