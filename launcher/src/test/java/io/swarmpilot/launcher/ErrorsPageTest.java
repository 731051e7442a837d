package io.swarmpilot.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.HttpStatuses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The page about errors tells the truth about every reason.
class ErrorsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "errors.md");

  @ParameterizedTest
  @EnumSource
  void namesTheReasonWithItsCodeAndStatus(ErrorReason reason) throws IOException {
    Matcher row =
        Pattern.compile("\\| `" + reason.name() + "` \\| (\\w+) \\| (\\d+) \\|")
            .matcher(Files.readString(PAGE));

    assertThat(row.find()).as("a row for %s", reason).isTrue();
    assertThat(row.group(1)).isEqualTo(reason.code().name());
    // A body that is too large has a status of its own over HTTP.
    int status = reason == ErrorReason.MESSAGE_TOO_LARGE ? 413 : HttpStatuses.of(reason.code());
    assertThat(row.group(2)).isEqualTo(Integer.toString(status));
  }
}
