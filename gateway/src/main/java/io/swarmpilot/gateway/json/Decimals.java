package io.swarmpilot.gateway.json;

/// Text of floating-point numbers as people expect it in JSON.
///
/// The fewest digits that read back as the same number, without an exponent from 1e-6 up to 1e16.
final class Decimals {
  private static final int LEAST_PLAIN_EXPONENT = -6;
  private static final int LARGEST_PLAIN_EXPONENT = 15;

  private Decimals() {}

  static void write(double value, JsonBuffer out) {
    long whole = (long) value;
    if (whole == value && Math.abs(whole) < 1_000_000_000_000_000L && isPositiveZeroOr(value)) {
      out.integer(whole);
      out.text(".0");
    } else {
      out.text(plain(value, Double.toString(value)));
    }
  }

  static void write(float value, JsonBuffer out) {
    out.text(plain(value, Float.toString(value)));
  }

  /// `text`, Java's shortest form of a number, with its exponent worked in where that is plain.
  private static String plain(double value, String text) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      // JSON has no such numbers, and a body that cannot be parsed helps nobody.
      return "null";
    }
    int mark = text.indexOf('E');
    if (mark < 0) {
      return text;
    }
    int exponent = Integer.parseInt(text, mark + 1, text.length(), 10);
    if (exponent < LEAST_PLAIN_EXPONENT || exponent > LARGEST_PLAIN_EXPONENT) {
      return text;
    }
    int sign = text.charAt(0) == '-' ? 1 : 0;
    String fraction = text.substring(sign + 2, mark);
    String digits = text.charAt(sign) + (fraction.equals("0") ? "" : fraction);
    return text.substring(0, sign) + place(digits, exponent);
  }

  private static String place(String digits, int exponent) {
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    int whole = exponent + 1;
    return digits.length() <= whole
        ? digits + "0".repeat(whole - digits.length()) + ".0"
        : digits.substring(0, whole) + "." + digits.substring(whole);
  }

  private static boolean isPositiveZeroOr(double value) {
    return value != 0 || Double.doubleToRawLongBits(value) == 0;
  }
}
