package io.swarmpilot.gateway.json;

import com.google.common.collect.MapMaker;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/// Converts one type of message between its documented JSON and its protobuf wire form.
///
/// JSON has every field under its proto name: absent ones with presence as `null`, the others at
/// their defaults, 64-bit integers as numbers, opaque JSON byte for byte. Reading is lenient as the
/// contract asks: unknown names are passed over, `"81"` is taken for 81, camel-case names are
/// understood. A codec has no state and may be used by any number of threads.
public final class JsonCodec {
  /// Keyed weakly: as many entries as there are message types in use.
  private static final ConcurrentMap<Descriptor, JsonCodec> CODECS =
      new MapMaker().weakKeys().makeMap();

  private final MessageShape shape;

  private JsonCodec(Descriptor type) {
    shape = MessageShape.of(type);
  }

  /// The codec of a message type.
  public static JsonCodec of(Descriptor type) {
    return CODECS.computeIfAbsent(type, JsonCodec::new);
  }

  /// A message as JSON.
  public static byte[] toJson(Message message) {
    return of(message.getDescriptorForType()).toJson(message.toByteArray());
  }

  /// The message of the prototype's type that a JSON text describes.
  ///
  /// @throws JsonRejectedException naming everything that does not fit
  public static Message fromJson(byte[] json, Message prototype) {
    byte[] wire = of(prototype.getDescriptorForType()).toWire(json, Set.of());
    try {
      return prototype.newBuilderForType().mergeFrom(wire).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the codec wrote what protobuf cannot read", e);
    }
  }

  /// Wire bytes of a message as JSON.
  ///
  /// @throws MalformedWireException when the bytes are no such message
  public byte[] toJson(byte[] wire) {
    JsonBuffer out = new JsonBuffer(wire.length + (wire.length >> 1) + 64);
    JsonWriter.writeMessage(shape, wire, out);
    return out.toByteArray();
  }

  /// The JSON of one field alone, as it would stand in the message.
  ///
  /// @throws MalformedWireException when the bytes are no such message
  public byte[] toJson(byte[] wire, FieldDescriptor field) {
    JsonBuffer out = new JsonBuffer(wire.length + (wire.length >> 1) + 64);
    JsonWriter.writeField(shape, shape.field(field), wire, out);
    return out.toByteArray();
  }

  /// The wire bytes of the message that a JSON text describes, with REQUIRED fields checked. Empty
  /// text and `null` mean `{}`. Members named in `elsewhere` (proto names) are passed over and not
  /// required: they come from somewhere else.
  ///
  /// @throws JsonRejectedException naming everything that does not fit
  public byte[] toWire(byte[] json, Set<String> elsewhere) {
    return JsonReader.read(shape, json, elsewhere);
  }

  /// The wire bytes of one field given as text, as in a query or path.
  ///
  /// @throws JsonRejectedException when the text does not fit the field's type
  public byte[] fieldToWire(FieldDescriptor field, String text) {
    return JsonReader.readText(shape.field(field), text);
  }

  /// The text of a singular string field; "" when it is absent.
  ///
  /// @throws MalformedWireException when the bytes are no such message
  public String text(byte[] wire, FieldDescriptor field) {
    FieldShape wanted = shape.field(field);
    Occurrences found = Occurrences.of(shape, wire, 0, wire.length);
    if (found.last(wanted) < 0) {
      return "";
    }
    WireCursor cursor = found.cursorAt(found.last(wanted));
    cursor.tag();
    int length = cursor.length();
    return JsonWriter.text(wire, cursor.position(), length);
  }
}
