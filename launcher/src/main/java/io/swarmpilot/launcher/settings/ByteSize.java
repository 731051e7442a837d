package io.swarmpilot.launcher.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes, read from `1048576`, `512KiB`, `64MiB` or `2GiB`.
///
/// @param bytes bytes
public record ByteSize(long bytes) {
  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,15}) ?(b|ki?b?|mi?b?|gi?b?)?");

  @Override
  public String toString() {
    return bytes >= 1 << 20 && bytes % (1 << 20) == 0
        ? (bytes >> 20) + "MiB"
        : Long.toString(bytes);
  }

  /// Reads a size.
  public static final class Converter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is not a size such as 512KiB or 64MiB");
      }
      String unit = matcher.group(2) == null ? "b" : matcher.group(2);
      int shift =
          switch (unit.charAt(0)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
          };
      try {
        return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
      } catch (ArithmeticException e) {
        throw new TypeConversionException("'" + text + "' is more than can be counted");
      }
    }
  }
}
