package io.swarmpilot.scheduler.registry;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Arrays;

/// A network of IP addresses.
///
/// @param address an address of it
/// @param prefixLength leading bits that all its addresses share
record Network(InetAddress address, int prefixLength) {
  Network {
    int bits = address.getAddress().length * Byte.SIZE;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "prefix length: " + prefixLength + " (expected: 0 to " + bits + ")");
    }
  }

  /// Reads a CIDR like 10.0.0.0/8 or fd00::/8; an address alone stands for itself.
  ///
  /// @throws IllegalArgumentException when it is none
  static Network parse(String cidr) {
    int slash = cidr.indexOf('/');
    InetAddress address =
        InetAddresses.forString(slash < 0 ? cidr.strip() : cidr.substring(0, slash).strip());
    int bits = address.getAddress().length * Byte.SIZE;
    return new Network(
        address, slash < 0 ? bits : Integer.parseInt(cidr.substring(slash + 1).strip()));
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefixLength / Byte.SIZE;
    int rest = prefixLength % Byte.SIZE;
    if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
      return false;
    }
    int mask = 0xFF << (Byte.SIZE - rest) & 0xFF;
    return rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
  }
}
