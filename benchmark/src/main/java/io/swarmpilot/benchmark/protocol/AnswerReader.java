package io.swarmpilot.benchmark.protocol;

import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WriteTimeoutException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.taskinstance.backend.http.EngineMessage;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Reads one answer as it comes, on the thread that receives it.
final class AnswerReader implements Subscriber<HttpObject> {
  private static final int MOST_REFUSAL_BYTES = 4 << 10;

  private final HttpResponse response;
  private final Dialect.Answer answer;
  private final Reply reply;
  private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
  private volatile boolean cancelled;
  private int status;
  private boolean over;

  AnswerReader(HttpResponse response, Dialect.Answer answer, Reply reply) {
    this.response = response;
    this.answer = answer;
    this.reply = reply;
  }

  /// Breaks it off, from any thread.
  void cancel() {
    cancelled = true;
    response.abort();
  }

  @Override
  public void onSubscribe(Subscription subscribed) {
    subscribed.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    long now = System.nanoTime();
    switch (part) {
      case ResponseHeaders headers when !headers.status().isInformational() ->
          status = headers.status().code();
      case HttpData data when !over -> data(data, now);
      default -> {}
    }
  }

  @Override
  public void onComplete() {
    long now = System.nanoTime();
    if (over) {
      return;
    }
    if (!isOk()) {
      fail(now, Failure.status(status, text()));
      return;
    }
    try {
      Usage usage = answer.end(now, reply);
      over = true;
      reply.done(now, usage);
    } catch (AnswerException e) {
      fail(now, e.failure());
    }
  }

  @Override
  public void onError(Throwable cause) {
    fail(System.nanoTime(), failure(cause));
  }

  private void data(HttpData data, long now) {
    if (!isOk()) {
      byte[] bytes = data.array();
      refusal.write(bytes, 0, Math.min(bytes.length, MOST_REFUSAL_BYTES - refusal.size()));
      return;
    }
    try {
      answer.bytes(data.array(), now, reply);
    } catch (AnswerException e) {
      fail(now, e.failure());
      response.abort();
    }
  }

  private boolean isOk() {
    return HttpStatus.valueOf(status).isSuccess();
  }

  private String text() {
    return EngineMessage.in(refusal.toString(StandardCharsets.UTF_8));
  }

  private void fail(long now, Failure failure) {
    if (!over) {
      over = true;
      reply.failed(now, failure);
    }
  }

  private Failure failure(Throwable thrown) {
    if (cancelled) {
      return Failure.of(Failure.Kind.CUT, "broken off");
    }
    Throwable cause =
        thrown instanceof UnprocessedRequestException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case ResponseTimeoutException _, WriteTimeoutException _ ->
          Failure.of(Failure.Kind.TIMEOUT, "no complete answer in time");
      case ConnectException _, UnknownHostException _, SSLException _ ->
          Failure.of(Failure.Kind.CONNECT, said(cause));
      default -> Failure.of(Failure.Kind.TRUNCATED, said(cause));
    };
  }

  private static String said(Throwable cause) {
    return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
  }
}
