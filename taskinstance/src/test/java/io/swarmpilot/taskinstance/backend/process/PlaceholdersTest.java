package io.swarmpilot.taskinstance.backend.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
  @Test
  void fillsInWhatIsKnownAndLeavesOtherBracesAlone() {
    Map<String, String> values = Map.of("port", "8000", "model", "{port}$1\\");

    assertThat(
            Placeholders.fill(
                List.of("--port={port}", "{model}", "{\"a\":{port}}", "{ port }", "{}"), values))
        .containsExactly("--port=8000", "{port}$1\\", "{\"a\":8000}", "{ port }", "{}");
  }

  @Test
  void findsWhatIsUnknown() {
    assertThat(Placeholders.unknownIn("{prot} {port} {x_y} {\"json\":1}"))
        .containsExactly("prot", "x_y");
  }
}
