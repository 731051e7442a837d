package io.swarmpilot.taskinstance.backend.http;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Whose certificates an engine may show, and which one is shown to it. Both come from PEM files on
/// this machine.
final class EngineTls {
  private static final String CA = "ca_file";
  private static final String CERTIFICATE = "client_cert_file";
  private static final String KEY = "client_key_file";

  private EngineTls() {}

  /// What a configuration asks for beside the JVM's own, if it asks for anything. With `ca_file` no
  /// other authority is trusted. Notes a violation when a file cannot be used.
  static Optional<SSLContext> read(ConfigReader config) {
    Optional<File> authorities = file(config, CA);
    Optional<File> certificate = file(config, CERTIFICATE);
    Optional<File> key = file(config, KEY);
    if (certificate.isPresent() != key.isPresent()) {
      config
          .violations()
          .requirePresent(false, ConfigReader.field(key.isPresent() ? CERTIFICATE : KEY));
      return Optional.empty();
    }
    if (authorities.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    return build(config, authorities.orElse(null), certificate.orElse(null), key.orElse(null));
  }

  private static Optional<SSLContext> build(
      ConfigReader config,
      @Nullable File authorities,
      @Nullable File certificate,
      @Nullable File key) {
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    String field = CA;
    try {
      if (authorities != null) {
        builder.trustManager(authorities);
      }
      field = KEY;
      if (key != null) {
        builder.keyManager(certificate, key);
      }
      return Optional.of(((JdkSslContext) builder.build()).context());
    } catch (SSLException | IllegalArgumentException e) {
      config.violations().require(false, ConfigReader.field(field), unusable(field));
      return Optional.empty();
    }
  }

  private static Optional<File> file(ConfigReader config, String name) {
    Optional<File> named = config.text(name).map(File::new);
    boolean readable = named.map(file -> file.isFile() && file.canRead()).orElse(true);
    config
        .violations()
        .require(readable, ConfigReader.field(name), "there is no such file, or it cannot be read");
    return readable ? named : Optional.empty();
  }

  private static String unusable(String name) {
    return name.equals(CA)
        ? "must hold certificates in PEM form"
        : "must hold the private key of client_cert_file in PEM form (PKCS #8), not encrypted";
  }
}
