package io.swarmpilot.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S, 250ms",
    "30s, PT30S, 30s",
    "90s, PT90S, 90s",
    "5m, PT5M, 5m",
    "60 m, PT1H, 1h",
    "2d, PT48H, 48h",
    "PT1.5S, PT1.5S, 1500ms",
    "0s, PT0S, 0ms"
  })
  void readsAndWritesTimes(String text, Duration duration, String written) {
    TimeSpan time = new TimeSpan.Converter().convert(text);

    assertThat(time.duration()).isEqualTo(duration);
    assertThat(time).hasToString(written);
    assertThat(new TimeSpan.Converter().convert(written)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "1048576, 1048576, 1MiB",
    "512KiB, 524288, 524288",
    "64MiB, 67108864, 64MiB",
    "2g, 2147483648, 2048MiB",
    "0, 0, 0"
  })
  void readsAndWritesSizes(String text, long bytes, String written) {
    ByteSize size = new ByteSize.Converter().convert(text);

    assertThat(size.bytes()).isEqualTo(bytes);
    assertThat(size).hasToString(written);
    assertThat(new ByteSize.Converter().convert(written)).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5s", "5 parsecs", "1.5s"})
  void refusesWhatIsNoTime(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new TimeSpan.Converter().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "big", "-1", "1.5g", "999999999999999g"})
  void refusesWhatIsNoSize(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new ByteSize.Converter().convert(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000.25, 1700000000.25",
    "0, 0",
    "2023-11-14T22:13:20Z, 1700000000",
    "2023-11-14T23:13:20.5+01:00, 1700000000.5"
  })
  void readsMoments(String text, double unixSeconds) {
    assertThat(new Moment.Converter().convert(text).unixSeconds()).isEqualTo(unixSeconds);
  }

  @Test
  void readsATimeAgo() {
    double before = System.currentTimeMillis() / 1e3;
    double read = new Moment.Converter().convert("10m").unixSeconds();
    assertThat(read + 600).isBetween(before - 0.001, System.currentTimeMillis() / 1e3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "-10m", "2023-11-14", "999999999999d", "1e9"})
  void refusesWhatIsNoMoment(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Moment.Converter().convert(text));
  }

  @Test
  void leavesTheSchedulersPortOut() {
    Ports ports = new Ports(1_000);

    assertThat(List.of(ports.instance(0), ports.instance(1), ports.instance(2)))
        .containsExactly(9_100, 9_101, 9_103);
    assertThat(ports.instanceGrpc(2)).isEqualTo(10_112);
    assertThat(ports.scheduler()).isEqualTo(9_102);
  }

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "'', abc, 3",
    "abc, '', 3",
    "same, same, 0",
    "abcd, abd, 1",
    "ab, ba, 2"
  })
  void measuresHowFarNamesAreApart(String from, String to, int distance) {
    assertThat(Suggestion.distance(from, to)).isEqualTo(distance);
    assertThat(Suggestion.distance(to, from)).isEqualTo(distance);
  }
}
