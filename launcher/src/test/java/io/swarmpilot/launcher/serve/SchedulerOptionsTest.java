package io.swarmpilot.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.scheduler.SchedulerConfig;
import io.swarmpilot.scheduler.SchedulingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// From flags to what the scheduler is started with.
class SchedulerOptionsTest {
  @Test
  void changesNothingUnlessAsked() {
    assertThat(config("")).isEqualTo(SchedulerConfig.defaults());
  }

  @Test
  void setsWhatIsAskedFor() {
    SchedulingConfig scheduling =
        config(
                "--strategy Shortest-Queue --lock-strategy --max-queued 7 --max-live-per-user 8"
                    + " --most-look-ahead 9 --overdue-after 10s --overdue-every 11"
                    + " --demoted-every 12 --prefix-blocks 13")
            .scheduling();
    assertThat(scheduling.strategy()).isEqualTo("Shortest-Queue");
    assertThat(scheduling.lockStrategy()).isTrue();
    assertThat(scheduling.maxQueued()).isEqualTo(7);
    assertThat(scheduling.maxLivePerUser()).isEqualTo(8);
    assertThat(scheduling.mostLookAhead()).isEqualTo(9);
    assertThat(scheduling.queue().overdueAfterMs()).isEqualTo(10_000);
    assertThat(scheduling.queue().overdueEvery()).isEqualTo(11);
    assertThat(scheduling.queue().demotedEvery()).isEqualTo(12);
    assertThat(scheduling.prefixBlocks()).isEqualTo(13);
  }

  @Test
  void tunesStrategies() {
    assertThat(
            config(
                    "--price-per-gpu-hour 2.5 --hardware-prices A100=17.6,h100=38"
                        + " --cost-miss-probability 0.11 --urgency-threshold 0.12"
                        + " --adaptive-high 0.9 --adaptive-high-exit 0.85 --adaptive-low 0.2"
                        + " --adaptive-low-exit 0.25 --adaptive-dwell 3s --order-base 4"
                        + " --order-growth 5 --order-most 70 --demote-below 0.13"
                        + " --miss-tolerance 0.14 --no-shed")
                .scheduling()
                .policies())
        .hasToString(
            "PolicySettings[prices=GpuPrices[pricePerGpuHour=2.5,"
                + " hardwarePrices={A100=17.6, h100=38.0}], costMissProbability=0.11,"
                + " urgencyThreshold=0.12,"
                + " highLoad=0.9, highLoadExit=0.85, lowLoad=0.2, lowLoadExit=0.25, dwellMs=3000.0,"
                + " orderBase=4.0, orderGrowth=5.0, orderMost=70.0, demoteBelow=0.13,"
                + " missTolerance=0.14, shed=false]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--max-attempts 0          ; --max-attempts must be > 0, not 0",
        "--max-queued -1           ; --max-queued must be > 0, not -1",
        "--most-look-ahead 2000    ; --most-look-ahead must be 0 to 1024, not 2000",
        "--prefix-blocks 1         ; --prefix-blocks must be 2 to 65536, not 1",
        "--overdue-every 0         ; --overdue-every must be 1 to 1000",
        "--order-most 1            ; --order-most must be --order-base to 1e6",
        "--order-base NaN          ; --order-base must be 0 to 1e6",
        "--hardware-prices A100=-1 ; --hardware-prices must be 0 to 1e9",
        "--demote-below 1.5        ; --demote-below must be 0 to 1",
        "--adaptive-high 7         ; --adaptive-high must be 0 to 1",
        "--adaptive-high-exit 0.9  ; --adaptive-high-exit must be 0 to --adaptive-high",
        "--adaptive-low-exit 0.1   ; --adaptive-low-exit must be --adaptive-low to 1",
        "--strategy nonsense       ; --strategy: there is no strategy nonsense; choose one of "
      })
  void namesTheFlagThatIsOutOfBounds(String line, String why) {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> config(line))
        .withMessageStartingWith(why);
  }

  private static SchedulerConfig config(String line) {
    SchedulerOptions options = new SchedulerOptions();
    new CommandLine(CommandSpec.forAnnotatedObject(options))
        .parseArgs(line.isEmpty() ? new String[0] : line.split(" "));
    return options.apply(SchedulerConfig.defaults());
  }
}
