package io.swarmpilot.gateway.json;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.WireFormat;
import io.swarmpilot.proto.common.v1.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One field, with everything the reader and the writer ask of its descriptor at hand.
final class FieldShape {
  final int index;
  final int number;
  final String name;
  final FieldDescriptor.Type type;
  final boolean repeated;
  final boolean map;
  final boolean required;

  /// Whether absence is printed as `null` (the field has presence) rather than as a default.
  final boolean nullable;

  /// Whether an empty list is printed as `null`.
  final boolean nullWhenEmpty;

  /// Position of its oneof in the message; -1 when it is in none.
  final int oneof;

  /// Tag of one occurrence, unpacked.
  final int tag;

  /// `"name":` ready to be written.
  final byte[] key;

  private final Map<String, Integer> enumNumbers;
  private final Map<Integer, String> enumNames;
  private final FieldDescriptor descriptor;
  private @Nullable MessageShape messageShape;

  FieldShape(FieldDescriptor descriptor, int index) {
    this.descriptor = descriptor;
    this.index = index;
    number = descriptor.getNumber();
    name = descriptor.getName();
    type = descriptor.getType();
    repeated = descriptor.isRepeated();
    map = descriptor.isMapField();
    nullable = descriptor.hasPresence();
    FieldOptions options = descriptor.getOptions();
    required =
        options.getExtension(FieldBehaviorProto.fieldBehavior).contains(FieldBehavior.REQUIRED);
    nullWhenEmpty = options.getExtension(Json.nullWhenEmpty);
    OneofDescriptor containing = descriptor.getRealContainingOneof();
    oneof = containing == null ? -1 : containing.getIndex();
    tag = number << 3 | wireType(type);
    key = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
    enumNumbers = new HashMap<>();
    enumNames = new HashMap<>();
    if (type == FieldDescriptor.Type.ENUM) {
      for (EnumValueDescriptor value : descriptor.getEnumType().getValues()) {
        enumNumbers.put(value.getName(), value.getNumber());
        enumNames.putIfAbsent(value.getNumber(), value.getName());
      }
    }
  }

  /// The shape of the message the field holds.
  MessageShape message() {
    MessageShape shape = messageShape;
    if (shape == null) {
      // Lazily, since types may contain themselves; racing threads find the same shape.
      shape = MessageShape.of(descriptor.getMessageType());
      messageShape = shape;
    }
    return shape;
  }

  boolean isFloat() {
    return type == FieldDescriptor.Type.FLOAT;
  }

  boolean isMessage() {
    return type == FieldDescriptor.Type.MESSAGE;
  }

  /// Whether the field holds opaque JSON.
  boolean isOpaque() {
    return isMessage() && message().opaque;
  }

  /// Whether a list of this type may stand packed on the wire.
  boolean isPackable() {
    return switch (type) {
      case STRING, BYTES, MESSAGE, GROUP -> false;
      default -> true;
    };
  }

  @Nullable Integer enumNumber(String enumName) {
    return enumNumbers.get(enumName);
  }

  @Nullable String enumName(int enumNumber) {
    return enumNames.get(enumNumber);
  }

  /// The names of the enum as pydantic lists them: `'A', 'B'`.
  String enumChoices() {
    return descriptor.getEnumType().getValues().stream()
        .map(value -> "'" + value.getName() + "'")
        .collect(Collectors.joining(", "));
  }

  String jsonName() {
    return descriptor.getJsonName();
  }

  static int wireType(FieldDescriptor.Type type) {
    return switch (type) {
      case INT32, INT64, UINT32, UINT64, SINT32, SINT64, BOOL, ENUM -> WireFormat.WIRETYPE_VARINT;
      case DOUBLE, FIXED64, SFIXED64 -> WireFormat.WIRETYPE_FIXED64;
      case FLOAT, FIXED32, SFIXED32 -> WireFormat.WIRETYPE_FIXED32;
      case STRING, BYTES, MESSAGE -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
      case GROUP -> throw new IllegalArgumentException("groups have no JSON form");
    };
  }
}
