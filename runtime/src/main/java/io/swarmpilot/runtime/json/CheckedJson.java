package io.swarmpilot.runtime.json;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Marks calls whose free-form JSON the gateway has parsed already, so that no service scans it
/// again.
///
/// The gateway drops the header from what its callers send and sets it itself. A caller of a
/// service's own port who forges it only spares us from telling them that their JSON is malformed.
public final class CheckedJson implements ServerInterceptor {
  /// Header that carries the mark.
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-swarmpilot-json", Metadata.ASCII_STRING_MARSHALLER);

  /// Value of the header.
  public static final String CHECKED = "checked";

  private static final Context.Key<Boolean> KEY = Context.keyWithDefault("json-checked", false);

  /// Whether the current call carries the mark.
  public static boolean isChecked() {
    return KEY.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!CHECKED.equals(headers.get(HEADER))) {
      return next.startCall(call, headers);
    }
    return Contexts.interceptCall(Context.current().withValue(KEY, true), call, headers, next);
  }
}
