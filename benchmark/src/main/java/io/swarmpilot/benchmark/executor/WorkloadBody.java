package io.swarmpilot.benchmark.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Tree;
import io.swarmpilot.proto.benchmark.v1.StartWorkloadRequest;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to start a workload as the tree that recipes are made of, so that both are read by one
/// reader. Names of fields are the documented keys.
final class WorkloadBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WorkloadBody() {}

  /// The tree of a request; empty when it says nothing.
  ///
  /// @throws InvalidSettingsException when free-form JSON in it cannot be read
  static Tree of(StartWorkloadRequest request) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    for (Map.Entry<FieldDescriptor, Object> field : request.getAllFields().entrySet()) {
      String name = field.getKey().getName();
      Object value = field.getValue();
      body.put(name, value instanceof JsonValue json ? parsed(name, json) : value);
    }
    return new Tree(body);
  }

  private static @Nullable Object parsed(String name, JsonValue json) {
    try {
      return JSON.readValue(JsonValues.text(json), Object.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidSettingsException(List.of(Issue.error(name, "is not JSON")));
    }
  }
}
