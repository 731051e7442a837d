package io.swarmpilot.scheduler.dispatch;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Failures of connections, in words for users: no class names, no addresses.
public final class Failures {
  private Failures() {}

  /// Why a call ended.
  public static String describe(Status status) {
    return switch (status.getCode()) {
      case OK -> "the stream was closed";
      case DEADLINE_EXCEEDED -> "Connection timed out";
      case UNAVAILABLE -> unavailable(status.getCause());
      case UNIMPLEMENTED -> "it does not serve dispatch";
      case ABORTED -> "another scheduler took it over";
      case FAILED_PRECONDITION -> "it serves a newer scheduler";
      default -> "the stream broke";
    };
  }

  /// Whether a call ended because nobody listens, or nobody can be reached, at the address.
  public static boolean isUnreachable(Status status) {
    return status.getCode() == Status.Code.DEADLINE_EXCEEDED
        || isCause(status.getCause(), ConnectException.class)
        || isCause(status.getCause(), NoRouteToHostException.class);
  }

  private static String unavailable(@Nullable Throwable cause) {
    if (isCause(cause, ConnectException.class)) {
      return "Connection refused";
    }
    if (isCause(cause, NoRouteToHostException.class)) {
      return "No route to host";
    }
    if (isCause(cause, SocketTimeoutException.class) || isCause(cause, TimeoutException.class)) {
      return "Connection timed out";
    }
    return "the connection broke";
  }

  private static boolean isCause(@Nullable Throwable failure, Class<?> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
