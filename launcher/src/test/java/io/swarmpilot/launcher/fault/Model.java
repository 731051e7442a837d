package io.swarmpilot.launcher.fault;

/// What the instances of a test run.
///
/// @param name name of the model
/// @param config settings of its backend, a JSON object
record Model(String name, String config) {
  /// The real embedding model.
  static final Model EMBEDDING = new Model("all-minilm-l6-v2", "{}");

  /// A model whose every execution takes 100 ms.
  static final Model STEADY =
      new Model("steady-100ms", "{\"backend\": \"simulated\", \"latency_ms\": 100}");
}
