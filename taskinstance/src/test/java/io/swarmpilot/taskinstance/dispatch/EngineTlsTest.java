package io.swarmpilot.taskinstance.dispatch;

import static io.swarmpilot.taskinstance.dispatch.EngineFixture.ASK;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.taskinstance.backend.http.ScriptedEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Engines behind TLS whose certificates come from an authority of the user's own.
@Timeout(60)
class EngineTlsTest {
  @TempDir private Path directory;

  private final EngineFixture mesh;
  private final X509Bundle authority;
  private final X509Bundle client;
  private final X509Bundle server;

  EngineTlsTest() throws Exception {
    mesh = new EngineFixture();
    CertificateBuilder builder = new CertificateBuilder().ecp256();
    authority =
        builder
            .copy()
            .subject("CN=own authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    client = builder.copy().subject("CN=instance").buildIssuedBy(authority);
    server =
        builder.copy().subject("CN=engine").addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
  }

  @BeforeEach
  void writeFiles() throws IOException {
    write("ca.pem", authority.getCertificatePEM());
    write("client.pem", client.getCertificatePEM());
    write("client.key", client.getPrivateKeyPEM());
  }

  @AfterEach
  void stop() throws IOException {
    mesh.close();
  }

  @Test
  void anEngineOfAnOwnAuthorityIsTrustedWithItsFileAlone() throws Exception {
    try (ScriptedEngine engine = engine(ClientAuth.NONE).on(CHAT, EngineFixture::answer)) {
      StatusRuntimeException refused = mesh.refused(config(engine, ""));
      assertThat(ErrorMapping.reason(refused)).contains(ErrorReason.INSUFFICIENT_RESOURCES);
      assertThat(refused.getStatus().getDescription())
          .startsWith("unreachable: " + engine.url())
          .contains("TLS: ");

      mesh.startModel("alias", config(engine, file("ca_file", "ca.pem")));

      assertThat(mesh.run("a", ASK).at("/choices/0/message/content").asText()).isEqualTo("ok");
    }
  }

  @Test
  void anEngineThatAsksForACertificateIsShownIt() throws Exception {
    try (ScriptedEngine engine = engine(ClientAuth.REQUIRE).on(CHAT, EngineFixture::answer)) {
      StatusRuntimeException refused = mesh.refused(config(engine, file("ca_file", "ca.pem")));
      assertThat(ErrorMapping.reason(refused)).contains(ErrorReason.INSUFFICIENT_RESOURCES);

      mesh.startModel(
          "alias",
          config(
              engine,
              file("ca_file", "ca.pem")
                  + file("client_cert_file", "client.pem")
                  + file("client_key_file", "client.key")));

      assertThat(mesh.run("a", ASK).at("/choices/0/message/content").asText()).isEqualTo("ok");
    }
  }

  @Test
  void aFileOfNoUseIsNamed() throws IOException {
    write("text", "not a certificate");
    String url = "\"base_url\":\"https://127.0.0.1:1\"";

    assertThat(violation(url + file("ca_file", "text")))
        .isEqualTo("config.ca_file: must hold certificates in PEM form");
    assertThat(violation(url + file("ca_file", "absent")))
        .isEqualTo("config.ca_file: there is no such file, or it cannot be read");
    assertThat(violation(url + file("client_key_file", "client.key")))
        .startsWith("config.client_cert_file: ");
    assertThat(
            violation(
                url + file("client_cert_file", "client.pem") + file("client_key_file", "text")))
        .startsWith("config.client_key_file: must hold the private key");
  }

  private String violation(String settings) {
    StatusRuntimeException refused = mesh.refused("{\"backend\":\"openai\"," + settings + "}");
    assertThat(ErrorMapping.reason(refused)).contains(ErrorReason.INVALID_FIELD);
    return String.valueOf(refused.getStatus().getDescription());
  }

  private ScriptedEngine engine(ClientAuth clients) throws Exception {
    var context =
        (JdkSslContext)
            SslContextBuilder.forServer(server.toKeyManagerFactory())
                .sslProvider(SslProvider.JDK)
                .trustManager(authority.getCertificate())
                .build();
    return ScriptedEngine.likeVllm("tiny", new Sockets(context.context(), clients));
  }

  private static String config(ScriptedEngine engine, String more) {
    return "{\"backend\":\"openai\",\"model\":\"tiny\",\"base_url\":\""
        + engine.url()
        + "\""
        + more
        + "}";
  }

  private String file(String setting, String name) {
    return ",\"" + setting + "\":\"" + directory.resolve(name) + "\"";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  /// Server sockets that speak TLS.
  private static final class Sockets extends ServerSocketFactory {
    private final SSLContext context;
    private final ClientAuth clients;

    Sockets(SSLContext context, ClientAuth clients) {
      this.context = context;
      this.clients = clients;
    }

    @Override
    public ServerSocket createServerSocket(int port) {
      return createServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
      return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
      try {
        SSLServerSocket socket =
            (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, backlog, address);
        socket.setNeedClientAuth(clients == ClientAuth.REQUIRE);
        return socket;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
