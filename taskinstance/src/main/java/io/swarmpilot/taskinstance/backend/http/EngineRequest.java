package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What is posted to an engine.
///
/// @param path path below the engine's base address, with a slash at its start
/// @param body JSON object
public record EngineRequest(String path, ObjectNode body) {}
