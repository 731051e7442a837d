package io.swarmpilot.taskinstance.backend.http;

import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// How requests to an engine fail. The first word of a message is the class of the failure:
/// `unreachable`, `timeout`, `refused`, `crashed`, `failed`.
public final class EngineFailures {
  private EngineFailures() {}

  /// No connection was had, so nothing was sent.
  static RunFailure unreachable(URI engine, Throwable cause) {
    String why =
        switch (cause) {
          case HttpTimeoutException _ -> "no connection in time";
          case SSLException tls -> "TLS: " + tls.getMessage();
          case ConnectException unknown when isUnresolved(unknown) -> "no such host";
          default -> Optional.ofNullable(cause.getMessage()).orElse("the connection was refused");
        };
    return new RunFailure(
        RunFailure.Kind.REPLICA_LOST, Fault.UNREACHABLE, "unreachable: " + engine + ": " + why);
  }

  /// The answer took too long. Another attempt would take as long again.
  static RunFailure timeout(Duration limit) {
    return new RunFailure(
        RunFailure.Kind.EXECUTION,
        Fault.TIMEOUT,
        "timeout: no complete answer within " + limit.toMillis() + " ms");
  }

  /// The engine answered with a status other than 200.
  static RunFailure refused(int status, String says) {
    return new RunFailure(kind(status), Fault.REFUSED, "refused: HTTP " + status + ": " + says);
  }

  /// The engine was lost while it answered.
  public static RunFailure crashed(String how) {
    return new RunFailure(RunFailure.Kind.REPLICA_LOST, "crashed: " + how);
  }

  /// The engine said that it failed, or its answer is of no use.
  public static RunFailure failed(String says) {
    return new RunFailure(RunFailure.Kind.EXECUTION, "failed: " + says);
  }

  /// The answer is larger than is taken.
  static RunFailure tooLarge(int maxBytes) {
    return new RunFailure(
        RunFailure.Kind.EXECUTION,
        Fault.TOO_LARGE,
        "failed: the answer is larger than " + maxBytes + " bytes");
  }

  private static boolean isUnresolved(Throwable failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static RunFailure.Kind kind(int status) {
    return switch (status) {
      // It is overloaded or on its way out or in: elsewhere or later it may do.
      case 408, 429, 502, 503, 504 -> RunFailure.Kind.REPLICA_LOST;
      // The key or the address is wrong, not the input.
      case 401, 403, 404, 405 -> RunFailure.Kind.EXECUTION;
      default ->
          status >= 400 && status < 500 ? RunFailure.Kind.INVALID_INPUT : RunFailure.Kind.EXECUTION;
    };
  }
}
