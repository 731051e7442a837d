package io.swarmpilot.benchmark.prompts.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.benchmark.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptFileTest {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.jsonl | {"prompt":"one"}~{"text":"two","output_tokens":7}
          b.jsonl | {"ctx":"one","ind":4}~{"messages":[{"role":"system","content":"no"},{"role":"user","content":"two"}]}
          c.json  | [{"conversations":[{"from":"human","value":"one"},{"from":"gpt","value":"no"}]},"two"]
          d.csv   | id,prompt~1,one~2,"two"
          e.txt   | one~~two~
          """)
  void readsEveryForm(String name, String text) throws IOException {
    assertThat(texts(name, text)).containsExactly("one", "two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.jsonl | {"prompt":"one"}~{"answer":"two"} | value 2
          b.jsonl | {"prompt":                        | cannot be read
          c.json  | []                                | no prompts
          d.csv   | id,prompt~1,                      | row 2
          e.txt   | ~                                 | no prompts
          """)
  void refusesWhatIsNoPrompt(String name, String text, String why) {
    assertThatThrownBy(() -> texts(name, text))
        .isInstanceOf(PromptException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(why);
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> PromptFile.read(directory.resolve("none.jsonl")))
        .isInstanceOf(PromptException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aTraceHasTimesAndLengths() throws IOException {
    Path file = directory.resolve("trace.csv");
    Files.writeString(
        file,
        """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:15:46.6805900,374,44
        2023-11-16 18:15:50.9951690,396,109
        """);
    PromptFile.TraceFile trace = PromptFile.trace(file);
    assertThat(trace.times().get(1) - trace.times().get(0)).isEqualTo(4_314_579_000L);
    Prompt second = trace.prompts().prompt(1, new SplittableRandom(1));
    assertThat(second.inputTokens()).isEqualTo(396);
    assertThat(second.outputTokens()).isEqualTo(109);
  }

  private List<String> texts(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, text.replace('~', '\n'));
    return PromptFile.read(file).stream().map(Prompt::text).toList();
  }
}
