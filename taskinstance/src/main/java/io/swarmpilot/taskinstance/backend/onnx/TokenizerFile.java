package io.swarmpilot.taskinstance.backend.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads a `tokenizer.json` of the BERT family.
final class TokenizerFile {
  private static final JsonMapper MAPPER = new JsonMapper(JsonValues.FACTORY);

  private TokenizerFile() {}

  /// The tokenizer that the file describes. Its truncation and padding are not taken over: they are
  /// the caller's choice.
  static WordPieceTokenizer read(InputStream file) throws IOException {
    JsonNode root = MAPPER.readTree(file);
    JsonNode model = root.path("model");
    JsonNode normalizer = root.path("normalizer");
    if (!"WordPiece".equals(model.path("type").asText())
        || !"BertNormalizer".equals(normalizer.path("type").asText())
        || !normalizer.path("lowercase").asBoolean()) {
      throw new IOException("not the tokenizer of an uncased BERT");
    }
    Map<String, Integer> vocabulary = HashMap.newHashMap(model.path("vocab").size());
    for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
      vocabulary.put(piece.getKey(), piece.getValue().intValue());
    }
    Map<String, Integer> special = new LinkedHashMap<>();
    for (JsonNode token : root.path("added_tokens")) {
      special.put(token.path("content").asText(), token.path("id").intValue());
    }
    return new WordPieceTokenizer(
        new WordPieceVocabulary(
            vocabulary,
            model.path("continuing_subword_prefix").asText(),
            model.path("unk_token").asText(),
            model.path("max_input_chars_per_word").asInt()),
        special);
  }
}
