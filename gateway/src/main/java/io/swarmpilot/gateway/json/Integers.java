package io.swarmpilot.gateway.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes in integers as leniently as pydantic: `81`, `81.0`, `"81"`, `true`, but not `81.5`.
final class Integers {
  private static final Pattern TEXT = Pattern.compile("([+-]?[0-9]{1,30})(\\.0{0,30})?");
  private static final double TWO_TO_63 = 0x1p63;
  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private Integers() {}

  static long of(String text, FieldDescriptor.Type type) {
    Matcher form = TEXT.matcher(text.strip());
    if (!form.matches()) {
      throw new UnfitException(
          "int_parsing", "Input should be a valid integer, unable to parse string as an integer");
    }
    return of(new BigInteger(String.valueOf(form.group(1))), type);
  }

  static long of(BigInteger value, FieldDescriptor.Type type) {
    if (value.bitLength() < Long.SIZE) {
      return of(value.longValue(), type);
    }
    if (value.signum() > 0 && isUnsigned64(type) && value.compareTo(UNSIGNED_MAX) <= 0) {
      return value.longValue();
    }
    throw outOfRange(value.signum() > 0, type);
  }

  static long of(double value, FieldDescriptor.Type type) {
    if (!Double.isFinite(value)) {
      throw new UnfitException("finite_number", "Input should be a finite number");
    }
    if (value != Math.rint(value)) {
      throw new UnfitException(
          "int_from_float", "Input should be a valid integer, got a number with a fractional part");
    }
    if (Math.abs(value) >= TWO_TO_63) {
      throw outOfRange(value > 0, type);
    }
    return of((long) value, type);
  }

  static long of(long value, FieldDescriptor.Type type) {
    long least = least(type);
    long largest = largest(type);
    if (value < least || value > largest) {
      throw outOfRange(value > 0, type);
    }
    return value;
  }

  private static UnfitException outOfRange(boolean above, FieldDescriptor.Type type) {
    String largest = isUnsigned64(type) ? UNSIGNED_MAX.toString() : Long.toString(largest(type));
    return above
        ? new UnfitException("less_than_equal", "Input should be less than or equal to " + largest)
        : new UnfitException(
            "greater_than_equal", "Input should be greater than or equal to " + least(type));
  }

  private static boolean isUnsigned64(FieldDescriptor.Type type) {
    return type == FieldDescriptor.Type.UINT64 || type == FieldDescriptor.Type.FIXED64;
  }

  private static long least(FieldDescriptor.Type type) {
    return switch (type) {
      case INT32, SINT32, SFIXED32 -> Integer.MIN_VALUE;
      case UINT32, FIXED32, UINT64, FIXED64 -> 0;
      default -> Long.MIN_VALUE;
    };
  }

  private static long largest(FieldDescriptor.Type type) {
    return switch (type) {
      case INT32, SINT32, SFIXED32 -> Integer.MAX_VALUE;
      case UINT32, FIXED32 -> 0xFFFF_FFFFL;
      default -> Long.MAX_VALUE;
    };
  }
}
