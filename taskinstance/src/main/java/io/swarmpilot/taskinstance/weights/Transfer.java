package io.swarmpilot.taskinstance.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// One archive on its way into a file.
final class Transfer {
  private static final int CHUNK = 64 << 10;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI address;
  private final WeightPackage wanted;
  private final Path file;
  private final Duration patience;

  Transfer(URI address, WeightPackage wanted, Path file, Duration patience) {
    this.address = address;
    this.wanted = wanted;
    this.file = file;
    this.patience = patience;
  }

  /// Bytes that are here.
  long received() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  boolean isComplete() throws IOException {
    return received() >= wanted.bytes();
  }

  /// Asks for what is missing and takes what comes.
  Attempt attempt(PullProgress progress) throws InterruptedException {
    try {
      // The one client of the JDK that can be told how long to wait for the next byte.
      if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
        return new Attempt.Refused(address + " cannot be reached by HTTP");
      }
      try {
        return converse(connection, progress);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return new Attempt.Broken(
          "the transfer of " + wanted + " from " + address.getHost() + " broke off: " + e);
    }
  }

  private Attempt converse(HttpURLConnection connection, PullProgress progress)
      throws IOException, InterruptedException {
    connection.setConnectTimeout((int) patience.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    long here = received();
    if (here > 0) {
      connection.setRequestProperty("Range", "bytes=" + here + "-");
    }
    int status = connection.getResponseCode();
    if (status == PARTIAL_CONTENT && begins(connection, here)) {
      return receive(connection.getInputStream(), here, progress);
    }
    if (status == HttpURLConnection.HTTP_OK) {
      return receive(connection.getInputStream(), 0, progress);
    }
    if (status == PARTIAL_CONTENT || status == RANGE_NOT_SATISFIABLE) {
      Files.deleteIfExists(file);
      return new Attempt.Broken(address.getHost() + " does not know where " + wanted + " goes on");
    }
    String why = address.getHost() + " answers " + status + " when asked for " + wanted;
    return status >= HttpURLConnection.HTTP_INTERNAL_ERROR || status == TOO_MANY_REQUESTS
        ? new Attempt.Broken(why)
        : new Attempt.Refused(why);
  }

  private Attempt receive(InputStream content, long from, PullProgress progress)
      throws IOException, InterruptedException {
    long here = from;
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = open(from)) {
      int read = content.read(chunk);
      while (read >= 0) {
        here += read;
        if (here > wanted.bytes()) {
          Files.delete(file);
          return new Attempt.Refused(
              address.getHost() + " gives more than the " + wanted.bytes() + " bytes of " + wanted);
        }
        out.write(chunk, 0, read);
        progress.at(wanted.name(), here, wanted.bytes());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        read = content.read(chunk);
      }
    }
    return here == wanted.bytes()
        ? new Attempt.Complete()
        : new Attempt.Broken(
            "the transfer of " + wanted + " from " + address.getHost() + " broke off");
  }

  private OutputStream open(long from) throws IOException {
    return from == 0
        ? Files.newOutputStream(file)
        : Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  private static boolean begins(HttpURLConnection connection, long at) {
    String range = connection.getHeaderField("Content-Range");
    return range != null && range.startsWith("bytes " + at + "-");
  }

  /// How an attempt ended.
  sealed interface Attempt {
    /// Everything is here.
    record Complete() implements Attempt {}

    /// Another attempt may go on.
    record Broken(String why) implements Attempt {}

    /// Another attempt would end like this one.
    record Refused(String why) implements Attempt {}
  }
}
