package io.swarmpilot.gateway.rest;

import com.google.common.base.Utf8;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How a stream of JSON objects is laid out in an HTTP body.
enum EventFormat {
  /// One object a line.
  LINES("application/x-ndjson") {
    @Override
    HttpData event(String name, byte[] json) {
      byte[] line = Arrays.copyOf(oneLine(json), json.length + 1);
      line[json.length] = '\n';
      return HttpData.wrap(line);
    }

    @Override
    HttpData pulse() {
      // An empty line is no JSON, and not every reader passes over it.
      return HttpData.empty();
    }
  },
  /// Server-sent events, each with its name.
  SERVER_SENT("text/event-stream") {
    @Override
    HttpData event(String name, byte[] json) {
      ByteArrayOutputStream out =
          new ByteArrayOutputStream(json.length + Utf8.encodedLength(name) + 16);
      if (!name.isEmpty()) {
        out.writeBytes(("event: " + name + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
      out.writeBytes(oneLine(json));
      out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
      return HttpData.wrap(out.toByteArray());
    }

    @Override
    HttpData pulse() {
      return HttpData.ofUtf8(": still here\n\n");
    }
  };

  private final String mediaType;

  EventFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  MediaType mediaType() {
    return MediaType.parse(mediaType);
  }

  /// One object.
  abstract HttpData event(String name, byte[] json);

  /// Something without meaning, to show that the stream lives; empty where there is no such thing.
  abstract HttpData pulse();

  /// Users' JSON may hold line breaks between its tokens, which end a line here. Inside strings
  /// JSON has none, so spaces mean the same.
  private static byte[] oneLine(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    return json;
  }
}
