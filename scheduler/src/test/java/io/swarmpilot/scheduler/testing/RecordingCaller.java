package io.swarmpilot.scheduler.testing;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The caller of a gRPC method: always ready, remembers what it is told, and may leave.
public class RecordingCaller<A> extends ServerCallStreamObserver<A> {
  private final List<A> heard = new CopyOnWriteArrayList<>();
  private Runnable onCancel = () -> {};
  private volatile boolean over;
  private volatile @Nullable Throwable failure;

  /// What it was told.
  public List<A> heard() {
    return heard;
  }

  /// Whether it was told all there is.
  public boolean isOver() {
    return over;
  }

  /// Goes without waiting for more.
  public void leave() {
    onCancel.run();
  }

  @Override
  public void onNext(A answer) {
    if (over || failure != null) {
      throw new AssertionError("told more after the end");
    }
    heard.add(answer);
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
  }

  @Override
  public void onCompleted() {
    if (over || failure != null) {
      throw new AssertionError("ended twice");
    }
    over = true;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
  }

  @Override
  public void setOnCloseHandler(Runnable handler) {}

  @Override
  public void setOnReadyHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setMessageCompression(boolean enable) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}
}
