package io.swarmpilot.scheduler.registry;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/// The addresses instances may be registered at: whoever can register could otherwise make the
/// scheduler connect to anything it can reach.
public final class AllowList {
  private static final List<Network> LOOPBACK =
      List.of(Network.parse("127.0.0.0/8"), Network.parse("::1/128"));

  private final List<Network> networks;

  private AllowList(List<Network> networks) {
    this.networks = networks;
  }

  /// The addresses of these networks; of loopback and this host's own networks when there are none.
  ///
  /// @param cidrs networks like 10.0.0.0/8
  /// @throws IllegalArgumentException when one of them is no network
  public static AllowList of(List<String> cidrs) {
    if (!cidrs.isEmpty()) {
      return new AllowList(cidrs.stream().map(Network::parse).toList());
    }
    return new AllowList(Stream.concat(LOOPBACK.stream(), ownNetworks()).toList());
  }

  /// Whether an instance may be registered at an address.
  public boolean allows(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static Stream<Network> ownNetworks() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(card -> card.getInterfaceAddresses().stream())
          .filter(address -> address.getNetworkPrefixLength() > 0)
          .map(AllowList::network);
    } catch (SocketException e) {
      // A host that does not tell its networks is left with loopback.
      return Stream.empty();
    }
  }

  private static Network network(InterfaceAddress address) {
    return new Network(address.getAddress(), address.getNetworkPrefixLength());
  }
}
