package io.swarmpilot.scheduler.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Resolves a host once, and picks the address that is connected to from then on: a name that
/// resolves otherwise later changes nothing.
final class AddressCheck {
  private static final long LONGEST_MS = 800;

  private final AllowList allowed;
  private final Executor blocking;

  AddressCheck(AllowList allowed, Executor blocking) {
    this.allowed = allowed;
    this.blocking = blocking;
  }

  /// The first address of a host that is allowed.
  InetAddress resolve(String host) throws Refusal, InterruptedException {
    InetAddress[] addresses = addresses(host);
    for (InetAddress address : addresses) {
      if (allowed.allows(address)) {
        return address;
      }
    }
    throw new Refusal(
        "Address not allowed: "
            + addresses[0].getHostAddress()
            + " is in none of the allowed networks");
  }

  private InetAddress[] addresses(String host) throws Refusal, InterruptedException {
    try {
      return CompletableFuture.supplyAsync(() -> lookUp(host), blocking)
          .get(LONGEST_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new Refusal("Host not found");
    }
  }

  private static InetAddress[] lookUp(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
