package io.swarmpilot.gateway.json;

import com.google.common.base.Splitter;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.swarmpilot.proto.common.v1.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Random messages, and a type that has every kind of field.
final class Samples {
  static final Descriptor EVERYTHING = everything();
  private static final int DEEPEST = 2;

  /// Without -0.0, whose sign protobuf's JSON parser loses.
  private static final double[] DOUBLES = {
    0,
    1,
    0.1,
    1e-7,
    1.5e-6,
    123456.789,
    1697123456.789,
    1e15,
    9.999999999999998e15,
    1e16,
    1.7976931348623157e308,
    4.9e-324,
    -2.5e-3,
    1e7
  };

  private static final String[] TEXTS = {
    "", "plain", "\"quoted\\\" \u0001\u001f\n\t\r\b\f", "naïve – 模型 🚀", "\u2028 </script>", "null"
  };

  private Samples() {}

  /// A random message without free-form JSON, whose text form is not protobuf's.
  static Message message(Message prototype, RandomGenerator random) {
    return fill(prototype, random, 0);
  }

  private static Message fill(Message prototype, RandomGenerator random, int depth) {
    Message.Builder builder = prototype.newBuilderForType();
    for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
      boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (random.nextInt(3) == 0 || (message && (depth == DEEPEST || isOpaque(field)))) {
        continue;
      }
      if (field.isRepeated()) {
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          builder.addRepeatedField(field, value(builder, field, random, depth));
        }
      } else {
        builder.setField(field, value(builder, field, random, depth));
      }
    }
    // Through the wire once: a map field set entry by entry may hold a key twice until then.
    try {
      return prototype.newBuilderForType().mergeFrom(builder.build().toByteArray()).build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isOpaque(FieldDescriptor field) {
    return field.getMessageType().getFullName().equals(JsonValue.getDescriptor().getFullName());
  }

  private static Object value(
      Message.Builder builder, FieldDescriptor field, RandomGenerator random, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(10);
      case LONG -> random.nextBoolean() ? random.nextLong() : random.nextInt(10);
      case FLOAT -> (float) DOUBLES[random.nextInt(7)];
      case DOUBLE ->
          random.nextBoolean()
              ? DOUBLES[random.nextInt(DOUBLES.length)]
              : finite(Double.longBitsToDouble(random.nextLong()));
      case BOOLEAN -> random.nextBoolean();
      case STRING -> TEXTS[random.nextInt(TEXTS.length)];
      case BYTE_STRING -> {
        byte[] bytes = new byte[random.nextInt(9)];
        random.nextBytes(bytes);
        yield ByteString.copyFrom(bytes);
      }
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> fill(builder.newBuilderForField(field).build(), random, depth + 1);
    };
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 3.25;
  }

  private static Descriptor everything() {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Everything");
    EnumDescriptorProto colour =
        EnumDescriptorProto.newBuilder()
            .setName("Colour")
            .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
            .addValue(EnumValueDescriptorProto.newBuilder().setName("RED").setNumber(7))
            .addValue(EnumValueDescriptorProto.newBuilder().setName("DARK").setNumber(-1))
            .build();
    message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("choice"));
    int number = 1;
    for (FieldDescriptorProto.Type type : FieldDescriptorProto.Type.values()) {
      if (type == FieldDescriptorProto.Type.TYPE_GROUP) {
        continue;
      }
      String name = type.name().substring(5).toLowerCase(Locale.ROOT);
      message.addField(field("one_" + name, number++, type));
      message.addField(
          field("many_" + name, number++, type).toBuilder().setLabel(Label.LABEL_REPEATED));
      message.addField(field("chosen_" + name, number++, type).toBuilder().setOneofIndex(0));
      number = map(message, "by_" + name, number, FieldDescriptorProto.Type.TYPE_STRING, type);
      if (isKey(type)) {
        number = map(message, "of_" + name, number, type, FieldDescriptorProto.Type.TYPE_DOUBLE);
      }
    }
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("everything.proto")
            .setPackage("test")
            .setSyntax("proto3")
            .addEnumType(colour)
            .addMessageType(message)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0])
          .findMessageTypeByName("Everything");
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isKey(FieldDescriptorProto.Type type) {
    return !List.of(
            FieldDescriptorProto.Type.TYPE_DOUBLE,
            FieldDescriptorProto.Type.TYPE_FLOAT,
            FieldDescriptorProto.Type.TYPE_MESSAGE,
            FieldDescriptorProto.Type.TYPE_BYTES,
            FieldDescriptorProto.Type.TYPE_ENUM)
        .contains(type);
  }

  private static int map(
      DescriptorProto.Builder message,
      String name,
      int number,
      FieldDescriptorProto.Type key,
      FieldDescriptorProto.Type value) {
    StringBuilder entry = new StringBuilder();
    for (String word : Splitter.on('_').split(name)) {
      entry.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    entry.append("Entry");
    message.addNestedType(
        DescriptorProto.newBuilder()
            .setName(entry.toString())
            .setOptions(MessageOptions.newBuilder().setMapEntry(true))
            .addField(field("key", 1, key))
            .addField(field("value", 2, value)));
    message.addField(
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setLabel(Label.LABEL_REPEATED)
            .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName(".test.Everything." + entry));
    return number + 1;
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setLabel(Label.LABEL_OPTIONAL)
            .setType(type);
    switch (type) {
      case TYPE_MESSAGE -> field.setTypeName(".test.Everything");
      case TYPE_ENUM -> field.setTypeName(".test.Colour");
      default -> {}
    }
    return field.build();
  }

  static DynamicMessage everythingDefault() {
    return DynamicMessage.getDefaultInstance(EVERYTHING);
  }
}
