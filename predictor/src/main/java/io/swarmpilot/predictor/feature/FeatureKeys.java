package io.swarmpilot.predictor.feature;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What the well-known keys of metadata and traces mean to a prediction.
public final class FeatureKeys {
  /// Key of the name of the model variant.
  public static final String MODEL_NAME = "model_name";

  /// Key of the hardware.
  public static final String HARDWARE = "hardware";

  /// Key of the software.
  public static final String SOFTWARE_NAME = "software_name";

  /// Key of the version of the software.
  public static final String SOFTWARE_VERSION = "software_version";

  /// Key of the features when a trace keeps them apart from its other members.
  public static final String INPUT_FEATURE = "input_feature";

  /// Keys of a measured execution time, ms.
  public static final List<String> TIMES = List.of("runtime_ms", "duration_ms");

  /// Keys of who executed a task.
  public static final List<String> INSTANCES = List.of("ti_uuid", "instance_id");

  private static final Set<String> IDENTITY =
      Set.of(MODEL_NAME, HARDWARE, SOFTWARE_NAME, SOFTWARE_VERSION);

  /// Settings of a request, who executed it, and times that were measured: knowing them would be
  /// knowing the answer.
  private static final Set<String> NO_FEATURES =
      Set.of(
          "server_time_cost",
          "is_warmup",
          "confidence_level",
          "lookup_table",
          "lookup_table_name",
          "duration_ms",
          "runtime_ms",
          "ti_uuid",
          "instance_id");

  /// The sizes that say most about execution time, the most telling first.
  private static final List<String> SIZES =
      List.of(
          "output_tokens",
          "input_tokens",
          "max_tokens",
          "input_bytes",
          "batch_size",
          "pixel_num",
          "duration");

  /// Numbers that order, bound or name a task without making it longer.
  private static final Set<String> NO_SIZES =
      Set.of(
          "priority",
          "slo_deadline_ms",
          "cost_budget",
          "user_id",
          "task_id",
          "request_id",
          "session_id",
          "timestamp",
          "seed",
          "temperature",
          "top_p",
          "top_k");

  /// Orders names by how much a feature of that name says about execution time, the most telling
  /// first.
  public static final Comparator<String> MOST_TELLING_FIRST =
      Comparator.comparingInt(FeatureKeys::rank).thenComparing(Comparator.naturalOrder());

  private FeatureKeys() {}

  /// Whether a key says which model, hardware or software is meant.
  public static boolean isIdentity(String key) {
    return IDENTITY.contains(key);
  }

  /// Whether a number of this name is a feature at all.
  public static boolean isFeature(String key) {
    return !IDENTITY.contains(key) && !NO_FEATURES.contains(key);
  }

  /// Whether a feature of this name may say how large a task is.
  public static boolean isSize(String name) {
    return !NO_SIZES.contains(name);
  }

  /// Whether a feature of this name surely says how large a task is.
  public static boolean isWellKnownSize(String name) {
    return SIZES.contains(name);
  }

  private static int rank(String name) {
    int known = SIZES.indexOf(name);
    return known < 0 ? SIZES.size() : known;
  }
}
