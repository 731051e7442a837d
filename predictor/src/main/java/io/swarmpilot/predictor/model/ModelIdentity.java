package io.swarmpilot.predictor.model;

/// What a prediction depends on beside the features of the task. An empty text stands for "not
/// known" and fits anything.
///
/// @param type type of the model
/// @param name name of the model variant
/// @param hardware hardware
/// @param softwareName software
/// @param softwareVersion version of the software
public record ModelIdentity(
    String type, String name, String hardware, String softwareName, String softwareVersion) {
  /// A model of which only the type is known.
  public static ModelIdentity ofType(String type) {
    return new ModelIdentity(type, "", "", "", "");
  }

  /// The same under another type.
  public ModelIdentity withType(String otherType) {
    return new ModelIdentity(otherType, name, hardware, softwareName, softwareVersion);
  }

  /// `type-name`, under which some records file a model; the type alone when there is no name.
  public String joinedType() {
    return name.isEmpty() ? type : type + "-" + name;
  }

  /// Whether a record filed under this type is of the model asked for here: its type or its
  /// [#joinedType()], or a record of any model.
  public boolean isOfType(String recordType) {
    return recordType.isEmpty() || recordType.equals(type) || recordType.equals(joinedType());
  }

  /// How a record of a fitting type compares with what is asked for here.
  public Match compare(ModelIdentity record) {
    int known = 0;
    int equal = 0;
    int conflicts = 0;
    for (Field field : Field.values()) {
      String wanted = field.of(this);
      if (wanted.isEmpty()) {
        continue;
      }
      known++;
      String found = field.of(record);
      boolean fits = field == Field.TYPE ? isOfType(found) : wanted.equals(found);
      if (!found.isEmpty() && fits) {
        equal++;
      } else if (!found.isEmpty()) {
        conflicts |= field.weight;
      }
    }
    return new Match(known, equal, conflicts);
  }

  /// How well a record fits what was asked for.
  ///
  /// @param known fields that were asked for
  /// @param equal those of them that the record states alike
  /// @param conflicts 0 when the record contradicts nothing; the more telling the fields that it
  ///   contradicts, the larger
  public record Match(int known, int equal, int conflicts) {
    /// Whether the record contradicts nothing.
    public boolean isCompatible() {
      return conflicts == 0;
    }

    /// The share of what was asked for that the record states alike, 0 to 1.
    public double share() {
      return known == 0 ? 0 : (double) equal / known;
    }
  }

  /// The fields, the more telling ones weighing more than all below them together.
  private enum Field {
    TYPE(16),
    NAME(8),
    HARDWARE(4),
    SOFTWARE_NAME(2),
    SOFTWARE_VERSION(1);

    private final int weight;

    Field(int weight) {
      this.weight = weight;
    }

    String of(ModelIdentity identity) {
      return switch (this) {
        case TYPE -> identity.type;
        case NAME -> identity.name;
        case HARDWARE -> identity.hardware;
        case SOFTWARE_NAME -> identity.softwareName;
        case SOFTWARE_VERSION -> identity.softwareVersion;
      };
    }
  }
}
