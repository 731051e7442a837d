package io.swarmpilot.scheduler.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which addresses are allowed.
final class AllowListTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "172.16.3.9, 172.16.3.9, true",
    "172.16.3.9, 172.16.3.8, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "fd00::/9, fd7f::1, true",
    "fd00::/9, fd80::1, false",
  })
  void networksContainTheirAddresses(String network, String address, boolean allowed) {
    assertThat(AllowList.of(List.of(network)).allows(InetAddresses.forString(address)))
        .isEqualTo(allowed);
  }

  @Test
  void loopbackAloneIsCertainByDefault() {
    AllowList byDefault = AllowList.of(List.of());
    assertThat(byDefault.allows(InetAddresses.forString("127.0.0.1"))).isTrue();
    assertThat(byDefault.allows(InetAddresses.forString("::1"))).isTrue();
    assertThat(byDefault.allows(InetAddresses.forString("203.0.113.9"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/33", "10.0.0/8", "here/8", "10.0.0.0/x"})
  void whatIsNoNetworkIsRefused(String network) {
    assertThatThrownBy(() -> AllowList.of(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
