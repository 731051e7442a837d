package io.swarmpilot.scheduler.core;

/// An instance to add, checked and reachable.
///
/// @param uuid uuid it gets unless it is known already
/// @param name name it gives itself
/// @param host host as registered
/// @param port port as registered
/// @param address the same, resolved: ip:port
/// @param directHost host the scheduler talks to
/// @param directPort port the scheduler talks to
/// @param kind how it is talked to
/// @param declaredModel model it is meant for, or ""
/// @param incarnation run of its process, or "" when it does not tell
/// @param status what it runs
public record Registration(
    String uuid,
    String name,
    String host,
    int port,
    String address,
    String directHost,
    int directPort,
    InstanceKind kind,
    String declaredModel,
    String incarnation,
    InstanceStatus status) {
  /// host:port as registered.
  public String registeredAddress() {
    return host + ":" + port;
  }

  /// host:port the scheduler talks to.
  public String directAddress() {
    return directHost + ":" + directPort;
  }

  /// The same under another uuid.
  public Registration named(String other) {
    return new Registration(
        other,
        name,
        host,
        port,
        address,
        directHost,
        directPort,
        kind,
        declaredModel,
        incarnation,
        status);
  }

  /// The same, talked to at another address.
  Registration withLink(String otherHost, int otherPort) {
    return new Registration(
        uuid,
        name,
        host,
        port,
        address,
        otherHost,
        otherPort,
        kind,
        declaredModel,
        incarnation,
        status);
  }
}
