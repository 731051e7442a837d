package io.swarmpilot.benchmark.recipe.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.benchmark.recipe.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads a document from a file: `.yaml` and `.yml` are YAML, everything else is JSON. Files are
/// only ever read.
public final class RecipeFile {
  private static final long MAX_BYTES = 4 << 20;
  private static final int MAX_ALIASES = 50;
  private static final int MAX_DEPTH = 100;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RecipeFile() {}

  /// Reads a document.
  ///
  /// @throws RecipeFileException when the file cannot be read or holds no object
  public static Tree read(Path file) {
    String text = text(file);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    Object document = yaml ? yaml(file, text) : json(file, text);
    if (document == null) {
      throw new RecipeFileException(file, "the file is empty");
    }
    return Tree.of(document)
        .orElseThrow(() -> new RecipeFileException(file, "the document is not an object"));
  }

  private static String text(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        throw new RecipeFileException(file, "is larger than 4 MiB");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RecipeFileException(file, "there is no such file");
    } catch (IOException e) {
      throw new RecipeFileException(file, "cannot be read: " + reason(e));
    }
  }

  private static @Nullable Object yaml(Path file, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (MarkedYAMLException e) {
      String place =
          e.getProblemMark() == null ? "" : "line " + (e.getProblemMark().getLine() + 1) + ": ";
      throw new RecipeFileException(file, "is not YAML: " + place + e.getProblem());
    } catch (YAMLException e) {
      throw new RecipeFileException(file, "is not YAML: " + firstLine(e.getMessage()));
    }
  }

  private static @Nullable Object json(Path file, String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw new RecipeFileException(
          file, "is not JSON: " + place + firstLine(e.getOriginalMessage()));
    }
  }

  private static String reason(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
