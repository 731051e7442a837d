package io.swarmpilot.gateway.upstream;

import com.linecorp.armeria.common.RequestHeaders;
import io.grpc.Metadata;
import io.netty.util.AsciiString;
import io.swarmpilot.runtime.json.CheckedJson;
import java.util.Map;
import java.util.Set;

/// What of a caller's headers goes on to a service, and what of a service's headers comes back.
///
/// An allow-list: transport headers and Armeria's pseudo headers break the next hop, and
/// [CheckedJson#HEADER] is the gateway's own to set.
public final class ForwardedHeaders {
  private static final Set<String> BY_NAME =
      Set.of("authorization", "traceparent", "tracestate", "baggage");

  private ForwardedHeaders() {}

  /// Metadata for a call on behalf of an HTTP request.
  public static Metadata of(RequestHeaders headers) {
    Metadata forwarded = new Metadata();
    for (Map.Entry<AsciiString, String> header : headers) {
      String name = header.getKey().toString();
      if (isForwarded(name) && !name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        forwarded.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), header.getValue());
      }
    }
    return forwarded;
  }

  /// Metadata for a call on behalf of a gRPC call, or for the answer to one.
  public static Metadata of(Metadata headers) {
    Metadata forwarded = new Metadata();
    for (String name : headers.keys()) {
      if (!isForwarded(name)) {
        continue;
      }
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        copy(headers, forwarded, Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER));
      } else {
        copy(headers, forwarded, Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
      }
    }
    return forwarded;
  }

  private static <T> void copy(Metadata from, Metadata to, Metadata.Key<T> key) {
    Iterable<T> values = from.getAll(key);
    if (values != null) {
      values.forEach(value -> to.put(key, value));
    }
  }

  private static boolean isForwarded(String name) {
    return (name.startsWith("x-") && !name.equals(CheckedJson.HEADER.name()))
        || BY_NAME.contains(name)
        || name.endsWith(Metadata.BINARY_HEADER_SUFFIX);
  }
}
