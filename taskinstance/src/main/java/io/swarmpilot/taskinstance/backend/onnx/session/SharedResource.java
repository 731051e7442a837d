package io.swarmpilot.taskinstance.backend.onnx.session;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something expensive that many use at once: made for the first of them, closed after the last.
public final class SharedResource<T extends AutoCloseable> {
  private final Supplier<T> maker;
  private @Nullable T value;
  private int leases;

  /// A resource that `maker` makes when it is asked for.
  public SharedResource(Supplier<T> maker) {
    this.maker = maker;
  }

  /// A share of it. Waits while another caller makes it.
  public synchronized Lease lease() {
    T shared = value;
    if (shared == null) {
      shared = maker.get();
      value = shared;
    }
    leases++;
    return new Lease(shared);
  }

  private synchronized void giveBack(T shared) {
    leases--;
    if (leases == 0) {
      value = null;
      try {
        shared.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close a shared resource", e);
      }
    }
  }

  /// One share.
  public final class Lease implements AutoCloseable {
    private final T shared;
    private final AtomicBoolean returned = new AtomicBoolean();

    private Lease(T shared) {
      this.shared = shared;
    }

    /// What is shared; not to be used after [#close()].
    public T get() {
      return shared;
    }

    /// Returns the share; doing so again does nothing.
    @Override
    public void close() {
      if (!returned.getAndSet(true)) {
        giveBack(shared);
      }
    }
  }
}
