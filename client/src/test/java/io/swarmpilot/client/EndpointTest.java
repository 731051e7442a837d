package io.swarmpilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:8100, localhost, 8100, false",
    "http://localhost:8100/, localhost, 8100, false",
    "http://localhost:8100///, localhost, 8100, false",
    "localhost:8100, localhost, 8100, false",
    "127.0.0.1:8100/, 127.0.0.1, 8100, false",
    "HTTP://Host:1, Host, 1, false",
    "http://mesh, mesh, 80, false",
    "https://mesh, mesh, 443, true",
    "https://mesh:8443/, mesh, 8443, true",
    "http://[::1]:8100, [::1], 8100, false",
  })
  void readsWhatPeopleWrite(String url, String host, int port, boolean tls) {
    assertThat(Endpoint.parse(url)).isEqualTo(new Endpoint(host, port, tls));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, a port is missing",
    "'', expected",
    "http://, a port is missing",
    "ftp://host:1, neither http nor https",
    "http://host:8100/api, takes no path",
    "http://host:8100?a=b, takes no path",
    "http://user@host:8100, expected host:port",
    "http://host:0, not within",
    "http://host:70000, not within",
    "'http://ho st:1', expected",
  })
  void refusesTheRestInWords(String url, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(url))
        .withMessageContaining(why)
        .withMessageContaining("'" + url + "'");
  }

  @Test
  void namesTheAuthority() {
    assertThat(Endpoint.parse("http://[::1]:8100").authority()).isEqualTo("[::1]:8100");
  }
}
