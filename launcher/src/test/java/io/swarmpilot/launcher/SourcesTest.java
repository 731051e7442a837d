package io.swarmpilot.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How large files are, over the main sources of every module.
class SourcesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int LONGEST = 400;
  private static final int MEDIAN = 80;

  @Test
  void filesAreSmall() throws IOException {
    List<Source> sources = sources();

    assertThat(sources).hasSizeGreaterThan(50);
    assertThat(sources)
        .filteredOn(source -> source.lines() > LONGEST)
        .as("files over %d lines", LONGEST)
        .isEmpty();
    assertThat(sources.get(sources.size() / 2).lines()).as("median").isLessThanOrEqualTo(MEDIAN);
  }

  private static List<Source> sources() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(SourcesTest::files)
          .map(Source::of)
          .sorted(Comparator.comparingLong(Source::lines))
          .toList();
    }
  }

  private static Stream<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Source(String file, long lines) {
    static Source of(Path file) {
      try (Stream<String> lines = Files.lines(file)) {
        return new Source(ROOT.relativize(file).toString(), lines.count());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
