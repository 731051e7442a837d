package io.swarmpilot.gateway.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import io.swarmpilot.gateway.json.JsonCodec;
import io.swarmpilot.gateway.upstream.UnaryCall;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Answers an operation whose RPC has one answer. Never blocks.
public final class UnaryService implements HttpService {
  private final Operation operation;
  private final AnswerStatus status;
  private final JsonCodec answers;
  private final @Nullable FieldDescriptor answerField;

  /// A service for an operation.
  public UnaryService(Operation operation, AnswerStatus status) {
    this.operation = operation;
    this.status = status;
    answers = JsonCodec.of(operation.rule().method().getOutputType());
    answerField = operation.rule().answerField();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    CompletableFuture<byte[]> message;
    try {
      message = operation.message(ctx, request);
    } catch (InvalidRequestException e) {
      return operation.refusal(e);
    }
    return answer(ctx, message);
  }

  /// Answers for a request message that was made elsewhere; it may fail with what [Problems] knows.
  public HttpResponse answer(ServiceRequestContext ctx, CompletableFuture<byte[]> message) {
    if (operation.rule().longestWaitMs() > 0) {
      // Its call has a deadline. Without a timeout it is ended like a stream when the port closes.
      ctx.clearRequestTimeout();
    }
    return HttpResponse.of(
        message
            .thenCompose(wire ->
                operation.target().channel(ctx).thenCompose(channel -> call(ctx, channel, wire)))
            .handle((answer, failure) ->
                failure == null ? success(answer) : operation.refusal(failure)));
  }

  private CompletableFuture<byte[]> call(
      ServiceRequestContext ctx, Channel channel, byte[] message) {
    CompletableFuture<byte[]> answer =
        UnaryCall.start(
            channel, operation.method(), operation.options(ctx), operation.headers(ctx), message);
    CompletableFuture<?> _ = ctx.whenRequestCancelling().thenAccept(answer::completeExceptionally);
    return answer;
  }

  private HttpResponse success(byte[] answer) {
    HttpStatus told = status.of(answer);
    byte[] json =
        answerField == null ? answers.toJson(answer) : answers.toJson(answer, answerField);
    return HttpResponse.of(told, MediaType.JSON, HttpData.wrap(json));
  }
}
