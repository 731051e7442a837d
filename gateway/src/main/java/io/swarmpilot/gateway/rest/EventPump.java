package io.swarmpilot.gateway.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.gateway.json.JsonCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Moves the messages of one streaming call into one HTTP response, one at a time: the next is
/// asked for when the last has been consumed.
final class EventPump extends ClientCall.Listener<byte[]> {
  private static final long PULSE_SECONDS = 15;
  private static final long BEGIN_MILLIS = 1_000;
  private static final String NAME_FIELD = "event";
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n]");

  private final ServiceRequestContext ctx;
  private final Operation operation;
  private final EventFormat format;
  private final HttpResponseWriter response;
  private final JsonCodec codec;
  private final @Nullable FieldDescriptor nameField;
  private @Nullable ClientCall<byte[], byte[]> call;
  private boolean begun;

  EventPump(
      ServiceRequestContext ctx,
      Operation operation,
      EventFormat format,
      HttpResponseWriter response) {
    this.ctx = ctx;
    this.operation = operation;
    this.format = format;
    this.response = response;
    codec = JsonCodec.of(operation.rule().method().getOutputType());
    nameField = nameField(operation);
  }

  void start(Channel channel, byte[] message) {
    CallOptions options = CallOptions.DEFAULT.withExecutor(ctx.eventLoop().withoutContext());
    ClientCall<byte[], byte[]> started = channel.newCall(operation.method(), options);
    call = started;
    // A refusal comes soon; after that a reader should see that it is connected, event or not.
    ScheduledFuture<?> beginning =
        ctx.eventLoop().schedule(this::begin, BEGIN_MILLIS, TimeUnit.MILLISECONDS);
    ScheduledFuture<?> pulse =
        ctx.eventLoop()
            .scheduleAtFixedRate(this::pulse, PULSE_SECONDS, PULSE_SECONDS, TimeUnit.SECONDS);
    CompletableFuture<?> _ =
        response
            .whenComplete()
            .whenComplete((done, failure) -> {
              beginning.cancel(false);
              pulse.cancel(false);
              if (failure != null) {
                started.cancel("the reader left", null);
              }
            });
    CompletableFuture<?> _ = ctx.whenRequestCancelling().thenRun(this::stop);
    started.start(this, operation.headers(ctx));
    started.sendMessage(message);
    started.halfClose();
    started.request(1);
  }

  @Override
  public void onMessage(byte[] message) {
    begin();
    send(format.event(name(message), codec.toJson(message)));
    CompletableFuture<?> _ = response.whenConsumed().thenRun(this::more);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (status.isOk()) {
      begin();
      response.close();
      return;
    }
    StatusRuntimeException failure = new StatusRuntimeException(status, trailers);
    if (begun) {
      send(format.event("error", operation.refusalBody(failure)));
      response.close();
    } else {
      CompletableFuture<?> _ = operation.refusal(failure).aggregate().thenAccept(response::close);
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      send(headers(format));
    }
  }

  private void send(HttpObject part) {
    if (!response.tryWrite(part)) {
      stop();
    }
  }

  private void stop() {
    ClientCall<byte[], byte[]> running = call;
    if (running != null) {
      running.cancel("the reader left", null);
    }
  }

  private void pulse() {
    HttpData pulse = format.pulse();
    if (begun && !pulse.isEmpty()) {
      send(pulse);
    }
  }

  static ResponseHeaders headers(EventFormat format) {
    return ResponseHeaders.builder(HttpStatus.OK)
        .contentType(format.mediaType())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .build();
  }

  private void more() {
    ClientCall<byte[], byte[]> running = call;
    if (running != null) {
      running.request(1);
    }
  }

  private String name(byte[] message) {
    FieldDescriptor field = nameField;
    return field == null ? "" : LINE_BREAKS.matcher(codec.text(message, field)).replaceAll(" ");
  }

  private static @Nullable FieldDescriptor nameField(Operation operation) {
    FieldDescriptor field = operation.rule().method().getOutputType().findFieldByName(NAME_FIELD);
    return field != null && field.getType() == FieldDescriptor.Type.STRING ? field : null;
  }
}
