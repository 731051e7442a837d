package io.swarmpilot.benchmark.prompts.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.prompts.Prompt;
import io.swarmpilot.benchmark.prompts.TracedPrompts;
import io.swarmpilot.benchmark.simulate.read.TraceReader;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads files of prompts by their names and contents:
///
/// - `.jsonl` and `.json`: values one after the other, or an array of them; each a text, or an
///   object with `prompt`, `text`, `question`, `instruction`, `ctx` (HellaSwag), `messages`
///   (OpenAI) or `conversations` (ShareGPT, of which the first message of a person is asked);
/// - `.csv` with a header that names a column `prompt`, `text`, `question` or `ctx`;
/// - any other: one prompt to a line.
public final class PromptFile {
  /// Most prompts of a file.
  public static final int MOST_PROMPTS = 1_000_000;

  private static final List<String> TEXTS =
      List.of("prompt", "text", "question", "instruction", "ctx", "ctx_a");
  private static final JsonMapper JSON = new JsonMapper();

  private PromptFile() {}

  /// The prompts of a file, in order.
  ///
  /// @throws PromptException when it cannot be read, holds none, or a row of it is none
  public static ImmutableList<Prompt> read(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    try {
      ImmutableList<Prompt> prompts;
      if (name.endsWith(".json") || name.endsWith(".jsonl")) {
        prompts = json(file);
      } else {
        prompts = name.endsWith(".csv") ? CsvPrompts.read(file) : lines(file);
      }
      if (prompts.isEmpty()) {
        throw new PromptException(file + ": there are no prompts");
      }
      return prompts;
    } catch (NoSuchFileException e) {
      throw new PromptException(file + ": there is no such file", e);
    } catch (MalformedInputException e) {
      throw new PromptException(file + ": it is no text in UTF-8", e);
    } catch (IOException e) {
      throw new PromptException(file + ": cannot be read: " + firstLine(e), e);
    }
  }

  /// The lengths of a trace's requests, and when they came: ns.
  ///
  /// @throws io.swarmpilot.benchmark.simulate.trace.TraceException when it cannot be read
  public static TraceFile trace(Path file) {
    Trace trace = TraceReader.read(file);
    ImmutableLongArray.Builder times = ImmutableLongArray.builder(trace.size());
    ImmutableIntArray.Builder inputs = ImmutableIntArray.builder(trace.size());
    ImmutableIntArray.Builder outputs = ImmutableIntArray.builder(trace.size());
    for (int i = 0; i < trace.size(); i++) {
      times.add(trace.arrivalNanos(i));
      inputs.add(trace.inputTokens(i));
      outputs.add(trace.outputTokens(i));
    }
    return new TraceFile(times.build(), new TracedPrompts(inputs.build(), outputs.build()));
  }

  /// A trace as load.
  ///
  /// @param times when its requests came, ns
  /// @param prompts what they asked, row by row
  public record TraceFile(ImmutableLongArray times, TracedPrompts prompts) {}

  private static ImmutableList<Prompt> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> !line.isBlank())
          .limit(MOST_PROMPTS)
          .map(Prompt::of)
          .collect(ImmutableList.toImmutableList());
    }
  }

  private static ImmutableList<Prompt> json(Path file) throws IOException {
    ImmutableList.Builder<Prompt> prompts = ImmutableList.builder();
    int row = 0;
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        // An array is unwrapped: its elements come one by one, like values in lines.
        MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(bytes)) {
      while (values.hasNextValue() && row < MOST_PROMPTS) {
        row++;
        JsonNode value = values.nextValue();
        prompts.add(prompt(file, row, value));
      }
    }
    return prompts.build();
  }

  private static Prompt prompt(Path file, int row, JsonNode value) {
    String text =
        text(value)
            .orElseThrow(() ->
                new PromptException(
                    file
                        + ", value "
                        + row
                        + ": neither a text nor an object with prompt, text, question,"
                        + " instruction, ctx, messages or conversations"));
    return new Prompt(text, 0, Math.max(0, value.path("output_tokens").asInt()));
  }

  private static Optional<String> text(JsonNode value) {
    if (value.isTextual()) {
      return Optional.of(value.textValue());
    }
    for (String name : TEXTS) {
      if (value.path(name).isTextual()) {
        return Optional.of(value.path(name).textValue());
      }
    }
    return asked(value.path("messages"), "role", "user", "content")
        .or(() -> asked(value.path("conversations"), "from", "human", "value"));
  }

  private static Optional<String> asked(JsonNode messages, String who, String person, String what) {
    for (JsonNode message : messages) {
      if (message.path(who).asText().equals(person) && message.path(what).isTextual()) {
        return Optional.of(message.path(what).textValue());
      }
    }
    return Optional.empty();
  }

  private static String firstLine(IOException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
