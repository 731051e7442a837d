package io.swarmpilot.taskinstance.backend.onnx.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;

/// How models are run.
public final class Sessions {
  private Sessions() {}

  /// For inputs of very different size: memory is given back after each run. To be closed once the
  /// session is made.
  public static SessionOptions givingMemoryBack() throws OrtException {
    SessionOptions options = options();
    // Arena and memory patterns would keep the largest input's memory.
    options.setCPUArenaAllocator(false);
    options.setMemoryPatternOptimization(false);
    return options;
  }

  /// For many runs alike: memory is kept from one run to the next, which halves the time of short
  /// ones. To be closed once the session is made.
  public static SessionOptions keepingMemory() throws OrtException {
    SessionOptions options = options();
    options.setCPUArenaAllocator(true);
    options.setMemoryPatternOptimization(false);
    return options;
  }

  private static SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    // More threads are faster only while cores idle, and much slower when they do not; replicas are
    // the parallelism here.
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    return options;
  }
}
