package io.swarmpilot.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a service listens.
///
/// @param host host name or address
/// @param port port, 1 to 65535
/// @param tls whether the connection is encrypted and the peer's certificate checked against the
///   trust store of the JDK
public record Endpoint(String host, int port, boolean tls) {
  private static final int MAX_MESSAGE_BYTES = 68 << 20;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /// Checks the host and the port.
  public Endpoint {
    if (host.isBlank()) {
      throw new IllegalArgumentException("a host is missing");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 1 and 65535");
    }
  }

  /// Reads `http://host:port`, `https://host:port` or `host:port`; slashes at the end are ignored.
  ///
  /// @throws IllegalArgumentException when the text is none of these
  public static Endpoint parse(String baseUrl) {
    String text = trimSlashes(baseUrl.strip());
    boolean hasScheme = text.contains("://");
    URI uri = uri(hasScheme ? text : "http://" + text, baseUrl);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw unusable(baseUrl, "its scheme is neither http nor https");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw unusable(baseUrl, "expected host:port");
    }
    if (!uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw unusable(baseUrl, "gRPC takes no path after host:port");
    }
    if (uri.getPort() == -1 && !hasScheme) {
      throw unusable(baseUrl, "a port is missing");
    }
    boolean tls = scheme.equals("https");
    int port = uri.getPort() == -1 ? (tls ? HTTPS_PORT : HTTP_PORT) : uri.getPort();
    try {
      return new Endpoint(uri.getHost(), port, tls);
    } catch (IllegalArgumentException e) {
      throw unusable(baseUrl, String.valueOf(e.getMessage()));
    }
  }

  /// Opens a channel; it connects with the first call. Whoever opens it closes it.
  public ManagedChannel connect() {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(host, port)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .userAgent("swarmpilot-java");
    return (tls ? builder.useTransportSecurity() : builder.usePlaintext()).build();
  }

  /// `host:port`.
  public String authority() {
    return host + ":" + port;
  }

  private static URI uri(String text, String original) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw unusable(original, "expected http://host:port");
    }
  }

  private static String trimSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  private static IllegalArgumentException unusable(String baseUrl, String why) {
    return new IllegalArgumentException("'" + baseUrl + "' is not a usable base URL: " + why);
  }
}
