package io.swarmpilot.taskinstance.backend.onnx.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import io.swarmpilot.taskinstance.backend.Cancellation;

/// Lets a cancellation end a call that is running in native code.
public final class RunHandle implements AutoCloseable {
  private final RunOptions options;
  private final Cancellation cancellation;
  private boolean closed;
  private Cancellation.Registration registration = () -> {};

  private RunHandle(RunOptions options, Cancellation cancellation) {
    this.options = options;
    this.cancellation = cancellation;
  }

  /// A handle for the calls of one execution.
  public static RunHandle cancelledBy(Cancellation cancellation) {
    try {
      RunHandle handle = new RunHandle(new RunOptions(), cancellation);
      handle.registration = cancellation.onRequest(handle::terminate);
      return handle;
    } catch (OrtException e) {
      throw new IllegalStateException("cannot make run options", e);
    }
  }

  /// The options to run with.
  public RunOptions options() {
    return options;
  }

  /// Whether a failed call failed because it was told to end.
  public boolean isTerminated() {
    return cancellation.isRequested();
  }

  /// Frees the native options. The lock keeps a late cancellation from touching them afterwards.
  @Override
  public void close() {
    registration.close();
    synchronized (this) {
      closed = true;
      options.close();
    }
  }

  private synchronized void terminate() {
    if (closed) {
      return;
    }
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("cannot end a running call", e);
    }
  }
}
