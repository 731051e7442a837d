package io.swarmpilot.taskinstance.backend.http;

import java.net.URI;
import java.util.Optional;

/// Where an engine is asked how it is.
///
/// @param health address that answers while it serves
/// @param metrics address that tells its load, if it may have one
public record EngineProbes(URI health, Optional<URI> metrics) {}
