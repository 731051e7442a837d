package io.swarmpilot.benchmark.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.logs.LogSource.Stream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files that lines of all sources go to. Used by one thread at a time.
public final class GatheredLines implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final BufferedWriter stdout;
  private final BufferedWriter stderr;
  private final @Nullable BufferedWriter jsonl;
  private final List<String> files = new ArrayList<>();
  private long stdoutLines;
  private long stderrLines;
  private long jsonlLines;

  /// Starts the files anew.
  ///
  /// @throws IOException when they cannot be written
  public GatheredLines(TailerSettings settings) throws IOException {
    Path directory = Files.createDirectories(settings.outputDirectory());
    stdout = create(directory.resolve(settings.stdout()));
    stderr = create(directory.resolve(settings.stderr()));
    jsonl = settings.createJsonl() ? create(directory.resolve(settings.aggregated())) : null;
  }

  private BufferedWriter create(Path file) throws IOException {
    files.add(file.toString());
    return Files.newBufferedWriter(file);
  }

  /// Takes a line that was read now.
  public void append(LogSource source, Stream stream, String line, Instant now) {
    String time = TIME.format(now);
    String text = "[%s] [%s] [%s] %s%n".formatted(time, source.node(), source.component(), line);
    try {
      if (stream == Stream.STDOUT) {
        stdout.write(text);
        stdoutLines++;
      } else {
        stderr.write(text);
        stderrLines++;
      }
      if (jsonl != null) {
        jsonl.write(json(source, line, time));
        jsonl.write('\n');
        jsonlLines++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Brings to the disk what was taken.
  public void flush() {
    try {
      stdout.flush();
      stderr.flush();
      if (jsonl != null) {
        jsonl.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What was gathered.
  public ImmutableMap<String, Object> summary() {
    return ImmutableMap.of(
        "stdout_lines", stdoutLines,
        "stderr_lines", stderrLines,
        "jsonl_lines", jsonlLines,
        "files_created", List.copyOf(files));
  }

  private static String json(LogSource source, String line, String time) throws IOException {
    StringWriter text = new StringWriter(line.length() + 100);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("timestamp", time);
      json.writeStringField("node", source.node());
      json.writeStringField("component", source.component());
      json.writeStringField("message", line);
      json.writeEndObject();
    }
    return text.toString();
  }

  /// Ends the files.
  @Override
  public void close() {
    try (stdout;
        stderr) {
      if (jsonl != null) {
        jsonl.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
