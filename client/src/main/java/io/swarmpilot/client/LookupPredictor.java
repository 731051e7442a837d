package io.swarmpilot.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Predicts from a local file of pre-computed predictions, for when no predictor can be reached.
///
/// Never throws: a file that is missing or broken is an empty table. Of the records that fit, the
/// one that agrees with most of the metadata answers; the first of them when several agree alike.
public final class LookupPredictor {
  private static final Logger log = LoggerFactory.getLogger(LookupPredictor.class);
  private static final long MAX_FILE_BYTES = 256L << 20;

  private final int totalRecords;
  private final List<LookupRecord> records;

  /// Reads a file: a JSON array of predictions, with or without `expect`, `error` and members of
  /// `model_info`.
  public LookupPredictor(Path file) {
    JsonNode table = read(file);
    this.totalRecords = table.size();
    this.records =
        StreamSupport.stream(table.spliterator(), false)
            .map(LookupRecord::of)
            .flatMap(Optional::stream)
            .toList();
  }

  /// As [#LookupPredictor(Path)].
  public LookupPredictor(String file) {
    this(Path.of(file));
  }

  /// The prediction for a model, knowing nothing else.
  public Optional<LookupRecord> predict(String modelType) {
    return predict(modelType, Map.of());
  }

  /// The prediction for a model; of the metadata `model_name`, `hardware`, `software_name` and
  /// `software_version` count.
  public Optional<LookupRecord> predict(String modelType, Map<String, ?> metadata) {
    Optional<LookupRecord> best = Optional.empty();
    int most = -1;
    for (LookupRecord entry : records) {
      int agreeing = entry.agreement(modelType, metadata);
      if (agreeing > most) {
        most = agreeing;
        best = Optional.of(entry);
      }
    }
    return best;
  }

  /// How much the table holds.
  public Stats getStats() {
    TreeSet<String> types = new TreeSet<>();
    records.forEach(entry -> types.add(entry.modelType()));
    return new Stats(totalRecords, records.size(), List.copyOf(types));
  }

  private static JsonNode read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException("larger than " + MAX_FILE_BYTES + " bytes");
      }
      JsonNode table = Json.MAPPER.readTree(Files.readAllBytes(file));
      if (table.isArray()) {
        return table;
      }
      throw new IOException("not a JSON array");
    } catch (IOException e) {
      log.warn("lookup table {} cannot be used: {}", file, e.toString());
      return Json.MAPPER.createArrayNode();
    }
  }

  /// How much a table holds.
  ///
  /// @param totalRecords records in the file
  /// @param successfulRecords records that can be predicted from
  /// @param modelTypes types of model they are for, sorted
  public record Stats(int totalRecords, int successfulRecords, List<String> modelTypes) {}
}
