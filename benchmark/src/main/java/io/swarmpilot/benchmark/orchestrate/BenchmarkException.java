package io.swarmpilot.benchmark.orchestrate;

import java.util.Optional;

/// A benchmark failed. What was measured before is there, and was written.
public final class BenchmarkException extends Exception {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String detail;
  private final transient Optional<BenchmarkResults> results;

  BenchmarkException(ErrorCode code, String detail) {
    this(code, detail, Optional.empty());
  }

  private BenchmarkException(ErrorCode code, String detail, Optional<BenchmarkResults> results) {
    super(code + ": " + code.meaning() + ": " + detail, null, false, false);
    this.code = code;
    this.detail = detail;
    this.results = results;
  }

  /// The same with what was measured.
  BenchmarkException with(BenchmarkResults partial) {
    return new BenchmarkException(code, detail, Optional.of(partial));
  }

  /// Why.
  public ErrorCode code() {
    return code;
  }

  /// What exactly.
  public String detail() {
    return detail;
  }

  /// What was measured before; empty when the configuration could not be read.
  public Optional<BenchmarkResults> results() {
    return results;
  }
}
