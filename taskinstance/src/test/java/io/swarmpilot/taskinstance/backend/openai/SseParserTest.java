package io.swarmpilot.taskinstance.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseParserTest {
  @Test
  void readsEventsAsTheStandardHasThem() {
    assertThat(events("\ufeffdata: one", "")).containsExactly("one");
    assertThat(events("data:one", "data:  two", "", "data: three", ""))
        .containsExactly("one\n two", "three");
    assertThat(events("event: x", "id: 7", "retry: 5", "", "data", "")).containsExactly("");
    assertThat(events(": ping", "", "data: a", ":data: b", "")).containsExactly("a");
    assertThat(events("data: unended")).isEmpty();
  }

  @Test
  void givesTheEventThatNothingFollowsWhenAskedTo() {
    SseParser parser = new SseParser();
    parser.line("data: last");

    assertThat(parser.end()).contains("last");
    assertThat(parser.end()).isEmpty();
  }

  private static List<String> events(String... lines) {
    SseParser parser = new SseParser();
    List<String> events = new ArrayList<>();
    for (String line : lines) {
      parser.line(line).ifPresent(events::add);
    }
    return events;
  }
}
