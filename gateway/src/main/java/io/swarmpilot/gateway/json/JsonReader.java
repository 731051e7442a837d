package io.swarmpilot.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.WireFormat;
import io.swarmpilot.proto.common.v1.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Turns one JSON text into wire bytes in one pass, noting everything that does not fit.
final class JsonReader {
  private static final int MOST_VIOLATIONS = 100;
  private static final int LENGTH_DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int OPAQUE_TAG = JsonValue.JSON_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
  private static final int KEY_NUMBER = 1;
  private static final int VALUE_NUMBER = 2;

  private final byte[] json;
  private final JsonParser parser;
  private final WireBuffer out;
  private final ScalarReader scalars;
  private final List<Object> path = new ArrayList<>();
  private final List<JsonViolation> violations = new ArrayList<>();

  private JsonReader(byte[] json, JsonParser parser) {
    this.json = json;
    this.parser = parser;
    out = new WireBuffer(json.length + 16);
    scalars = new ScalarReader(out);
  }

  static byte[] read(MessageShape shape, byte[] json, Set<String> elsewhere) {
    JsonText.requireUtf8(json);
    try (JsonParser parser = JsonText.parser(json)) {
      JsonReader reader = new JsonReader(json, parser);
      reader.root(shape, elsewhere);
      if (!reader.violations.isEmpty()) {
        throw new JsonRejectedException(reader.violations);
      }
      return reader.out.toByteArray();
    } catch (IOException e) {
      throw JsonText.malformed(e);
    }
  }

  static byte[] readText(FieldShape field, String text) {
    WireBuffer out = new WireBuffer(text.length() + 16);
    try {
      new ScalarReader(out).text(field, text, true);
    } catch (UnfitException e) {
      throw new JsonRejectedException(List.of(e.at(List.of(field.name))));
    }
    return out.toByteArray();
  }

  private void root(MessageShape shape, Set<String> elsewhere) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      requireFields(shape, new boolean[shape.fields.size()], elsewhere);
    } else if (first == JsonToken.START_OBJECT) {
      members(shape, elsewhere);
    } else {
      parser.skipChildren();
      note(notAnObject());
    }
    if (first != null && parser.nextToken() != null) {
      throw JsonText.trailing(parser);
    }
  }

  private void members(MessageShape shape, Set<String> elsewhere) throws IOException {
    int start = out.size();
    boolean[] given = new boolean[shape.fields.size()];
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldShape field = shape.byName(parser.currentName());
      JsonToken token = parser.nextToken();
      if (field == null || elsewhere.contains(field.name)) {
        parser.skipChildren();
        continue;
      }
      if (given[field.index]) {
        // A repeated name: the last one stands, as everywhere in JSON.
        out.removeField(start, field.number);
      }
      given[field.index] = token != JsonToken.VALUE_NULL;
      if (given[field.index]) {
        path.add(field.name);
        field(field);
        path.removeLast();
      }
    }
    requireFields(shape, given, elsewhere);
  }

  private void requireFields(MessageShape shape, boolean[] given, Set<String> elsewhere) {
    for (FieldShape field : shape.fields) {
      if (field.required && !given[field.index] && !elsewhere.contains(field.name)) {
        path.add(field.name);
        note(new UnfitException("missing", "Field required"));
        path.removeLast();
      }
    }
  }

  private void field(FieldShape field) throws IOException {
    if (field.map) {
      map(field);
    } else if (field.repeated) {
      list(field);
    } else {
      value(field, true);
    }
  }

  private void value(FieldShape field, boolean tagged) throws IOException {
    try {
      if (!field.isMessage()) {
        scalars.read(field, parser, tagged);
      } else if (field.isOpaque()) {
        opaque(field);
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        out.varint32(field.tag);
        int start = out.size();
        members(field.message(), Set.of());
        out.insertLength(start);
      } else {
        throw notAnObject();
      }
    } catch (UnfitException e) {
      parser.skipChildren();
      note(e);
    }
  }

  private void opaque(FieldShape field) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int length = (int) parser.currentLocation().getByteOffset() - from;
    out.varint32(field.tag);
    out.varint32(1 + WireBuffer.varintSize(length) + length);
    out.varint32(OPAQUE_TAG);
    out.varint32(length);
    out.raw(json, from, length);
  }

  private void list(FieldShape field) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      note(new UnfitException("list_type", "Input should be a valid list"));
      return;
    }
    boolean packed = field.isPackable();
    int before = out.size();
    if (packed) {
      out.varint32(field.number << 3 | LENGTH_DELIMITED);
    }
    int start = out.size();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      path.add(i);
      value(field, !packed);
      path.removeLast();
    }
    if (packed && out.size() == start) {
      out.truncate(before);
    } else if (packed) {
      out.insertLength(start);
    }
  }

  private void map(FieldShape field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      note(new UnfitException("dict_type", "Input should be a valid dictionary"));
      return;
    }
    FieldShape key = field.message().entryField(KEY_NUMBER);
    FieldShape value = field.message().entryField(VALUE_NUMBER);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      path.add(name);
      out.varint32(field.tag);
      int start = out.size();
      try {
        scalars.text(key, name, true);
      } catch (UnfitException e) {
        note(e);
      }
      value(value, true);
      out.insertLength(start);
      path.removeLast();
    }
  }

  private void note(UnfitException unfit) {
    if (violations.size() < MOST_VIOLATIONS) {
      violations.add(unfit.at(path));
    }
  }

  private static UnfitException notAnObject() {
    return new UnfitException(
        "model_attributes_type",
        "Input should be a valid dictionary or object to extract fields from");
  }
}
