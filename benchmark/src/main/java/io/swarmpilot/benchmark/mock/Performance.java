package io.swarmpilot.benchmark.mock;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One request in its turn: writes each piece when the script says, on the thread of its
/// connection.
final class Performance {
  private final MockScript script;
  private final MockTime time;
  private final Form form;
  private final Ask ask;
  private final Fate fate;
  private final EventLoop loop;
  private final HttpResponseWriter out;
  private final Runnable whenOver;
  private final AtomicBoolean over = new AtomicBoolean();
  private int written;

  Performance(
      MockScript script,
      MockTime time,
      Form form,
      Ask ask,
      Fate fate,
      EventLoop loop,
      HttpResponseWriter out,
      Runnable whenOver) {
    this.script = script;
    this.time = time;
    this.form = form;
    this.ask = ask;
    this.fate = fate;
    this.loop = loop;
    this.out = out;
    this.whenOver = whenOver;
  }

  /// Begins, from any thread.
  void begin() {
    // Whoever asked may leave in the middle.
    var _ = out.whenComplete().handle((_, _) -> end());
    long first = script.firstPiece(time.now());
    if (ask.stream()) {
      at(first, () -> piece(first));
    } else {
      at(lastPiece(first), this::whole);
    }
  }

  private long lastPiece(long first) {
    long last = first;
    for (int gap = 1; gap < ask.outputTokens(); gap++) {
      last = script.nextPiece(last, gap);
    }
    return last;
  }

  private void at(long when, Runnable step) {
    long wait = when - time.now();
    if (wait <= 0) {
      loop.execute(step);
    } else {
      var _ = loop.schedule(step, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void piece(long when) {
    if (!out.isOpen()) {
      return;
    }
    if (written == 0) {
      out.write(headers(form.streamType()));
    }
    if (fate != Fate.DONE && written >= ask.outputTokens() / 2) {
      fail();
      return;
    }
    out.write(HttpData.ofUtf8(form.piece(written++)));
    if (written == ask.outputTokens()) {
      out.write(HttpData.ofUtf8(form.end(ask)));
      out.close();
    } else {
      long next = script.nextPiece(when, written);
      at(next, () -> piece(next));
    }
  }

  private void whole() {
    if (!out.isOpen()) {
      return;
    }
    if (fate == Fate.DONE) {
      String answer = form.whole(ask);
      out.write(headers(MediaType.JSON));
      out.write(HttpData.ofUtf8(answer));
      out.close();
    } else {
      out.close(ClosedStreamException.get());
    }
  }

  private void fail() {
    if (fate == Fate.ERROR_IN_STREAM) {
      out.write(HttpData.ofUtf8(form.errorInStream()));
      out.close();
    } else {
      out.close(ClosedStreamException.get());
    }
  }

  private boolean end() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      whenOver.run();
    }
    return first;
  }

  private static ResponseHeaders headers(MediaType type) {
    return ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, type);
  }
}
