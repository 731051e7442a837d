package io.swarmpilot.benchmark.orchestrate;

/// Why a benchmark failed, for programs.
public enum ErrorCode {
  /// A server is not healthy.
  E001("Server health check failed"),
  /// An executor is not there.
  E002("Client health check failed"),
  /// A model cannot be loaded, or is not served.
  E003("Service preparation failed"),
  /// An executor refused the workload; none of them runs it.
  E004("Workload start failed"),
  /// An executor was lost; what it had told is kept.
  E005("Metrics collection failed"),
  /// The recipe, or what is made of it, is wrong.
  E006("Configuration validation failed"),
  /// A run did not end in its time.
  E007("Timeout exceeded"),
  /// An executor that was there cannot be reached.
  E008("Network connection failed");

  private final String meaning;

  ErrorCode(String meaning) {
    this.meaning = meaning;
  }

  /// What it stands for.
  public String meaning() {
    return meaning;
  }
}
