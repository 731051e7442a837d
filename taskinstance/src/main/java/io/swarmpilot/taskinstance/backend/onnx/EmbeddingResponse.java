package io.swarmpilot.taskinstance.backend.onnx;

import com.fasterxml.jackson.core.JsonGenerator;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// Writes the answer to an [EmbeddingRequest].
final class EmbeddingResponse {
  // A number takes about 12 characters.
  private static final int CHARACTERS_PER_VECTOR = 384 * 13;

  private EmbeddingResponse() {}

  /// `{"embedding": […], "tokens": n, "model": "…"}` for a single text, else with `embeddings`.
  static String json(List<Embedding> embeddings, boolean single) {
    StringWriter out = new StringWriter(embeddings.size() * CHARACTERS_PER_VECTOR);
    try (JsonGenerator json = JsonValues.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeFieldName(single ? "embedding" : "embeddings");
      if (single) {
        write(embeddings.getFirst().vector(), json);
      } else {
        json.writeStartArray();
        for (Embedding embedding : embeddings) {
          write(embedding.vector(), json);
        }
        json.writeEndArray();
      }
      json.writeNumberField("tokens", embeddings.stream().mapToInt(Embedding::tokens).sum());
      json.writeStringField("model", MiniLm.NAME);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(float[] vector, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (float component : vector) {
      json.writeNumber(component);
    }
    json.writeEndArray();
  }
}
