package io.swarmpilot.taskinstance.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the table that `nvidia-smi` prints.
final class GpuTable {
  /// What it is asked for, in the order in which [#read] expects it.
  static final String COLUMNS =
      "index,name,driver_version,memory.total,memory.used,utilization.gpu";

  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final int MAX_GPUS = 64;
  private static final long MEBIBYTE = 1 << 20;

  private GpuTable() {}

  /// The GPUs in lines of comma-separated values without units; lines of another form are passed
  /// over, and so are values that are no numbers, such as `[N/A]` and `[Not Supported]`.
  static List<GpuFacts> read(Stream<String> lines) {
    return lines.flatMap(line -> row(line).stream()).limit(MAX_GPUS).toList();
  }

  private static Optional<GpuFacts> row(String line) {
    String[] fields = COMMA.split(line.strip(), -1);
    OptionalDouble index = number(fields[0]);
    if (fields.length != 6 || index.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble percent = number(fields[5]);
    return Optional.of(
        new GpuFacts(
            (int) index.getAsDouble(),
            text(fields[1]),
            text(fields[2]),
            mebibytes(fields[3]),
            mebibytes(fields[4]),
            percent.isPresent()
                ? OptionalDouble.of(Math.min(1, percent.getAsDouble() / 100))
                : percent));
  }

  private static String text(String field) {
    return field.startsWith("[") ? "" : field;
  }

  private static OptionalLong mebibytes(String field) {
    OptionalDouble count = number(field);
    return count.isPresent()
        ? OptionalLong.of(Math.round(count.getAsDouble()) * MEBIBYTE)
        : OptionalLong.empty();
  }

  private static OptionalDouble number(String field) {
    try {
      double number = Double.parseDouble(field);
      return Double.isFinite(number) && number >= 0
          ? OptionalDouble.of(number)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
