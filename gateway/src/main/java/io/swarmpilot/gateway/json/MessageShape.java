package io.swarmpilot.gateway.json;

import com.google.common.collect.MapMaker;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.swarmpilot.proto.common.v1.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// One message type, compiled once from its descriptor.
final class MessageShape {
  private static final ConcurrentMap<Descriptor, MessageShape> SHAPES =
      new MapMaker().weakKeys().makeMap();
  private static final int DENSE_NUMBERS = 256;

  /// The fields in the order of their declaration, which is the order they are printed in.
  final List<FieldShape> fields;

  /// Number of oneofs that are no `optional` in disguise.
  final int oneofs;

  /// Whether this is the message that carries opaque JSON.
  final boolean opaque;

  private final Map<String, FieldShape> byName = new HashMap<>();
  private final Map<Integer, FieldShape> byNumber = new HashMap<>();
  private final @Nullable FieldShape[] dense;

  private MessageShape(Descriptor type) {
    List<FieldShape> compiled = new ArrayList<>();
    for (FieldDescriptor field : type.getFields()) {
      compiled.add(new FieldShape(field, compiled.size()));
    }
    fields = List.copyOf(compiled);
    oneofs = type.getRealOneofs().size();
    opaque = type.getFullName().equals(JsonValue.getDescriptor().getFullName());
    dense = new FieldShape[DENSE_NUMBERS];
    for (FieldShape field : fields) {
      byNumber.put(field.number, field);
      byName.putIfAbsent(field.jsonName(), field);
      if (field.number < DENSE_NUMBERS) {
        dense[field.number] = field;
      }
    }
    // A proto name wins over a camel-case name that happens to be the same.
    fields.forEach(field -> byName.put(field.name, field));
  }

  static MessageShape of(Descriptor type) {
    MessageShape known = SHAPES.get(type);
    if (known != null) {
      return known;
    }
    MessageShape compiled = new MessageShape(type);
    MessageShape raced = SHAPES.putIfAbsent(type, compiled);
    return raced == null ? compiled : raced;
  }

  @Nullable FieldShape byName(String name) {
    return byName.get(name);
  }

  @Nullable FieldShape byNumber(int number) {
    return number < DENSE_NUMBERS ? dense[number] : byNumber.get(number);
  }

  /// The key (1) or value (2) of a map's entry.
  FieldShape entryField(int number) {
    return fields.get(number - 1);
  }

  /// The shape of one of this type's own fields.
  FieldShape field(FieldDescriptor descriptor) {
    return fields.get(descriptor.getIndex());
  }
}
