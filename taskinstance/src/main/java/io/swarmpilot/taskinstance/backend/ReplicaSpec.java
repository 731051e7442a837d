package io.swarmpilot.taskinstance.backend;

import com.fasterxml.jackson.databind.JsonNode;

/// The replica that is wanted.
///
/// @param modelType model to run, as the caller wrote it
/// @param config settings of the backend, a JSON object
public record ReplicaSpec(String modelType, JsonNode config) {}
