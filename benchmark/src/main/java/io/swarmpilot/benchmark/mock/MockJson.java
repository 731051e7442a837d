package io.swarmpilot.benchmark.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/// Reads what is sent to the mock server.
final class MockJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private MockJson() {}

  /// The value in a body; a missing one when it is no JSON.
  static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
