package io.swarmpilot.benchmark.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/// Answers requests for output in one interface.
final class MockService implements HttpService {
  private final MockScript script;
  private final MockModels models;
  private final MockTime time;
  private final Turns turns;
  private final AtomicLong requests;
  private final boolean streamsByDefault;
  private final BiFunction<Ask, Long, Form> form;

  MockService(
      MockScript script,
      MockModels models,
      MockTime time,
      Turns turns,
      AtomicLong requests,
      boolean streamsByDefault,
      BiFunction<Ask, Long, Form> form) {
    this.script = script;
    this.models = models;
    this.time = time;
    this.turns = turns;
    this.requests = requests;
    this.streamsByDefault = streamsByDefault;
    this.form = form;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(request.aggregate().thenApply(body -> answer(ctx, body)));
  }

  private HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
    JsonNode body = MockJson.parse(request.content().array());
    if (!body.isObject()) {
      return error(HttpStatus.BAD_REQUEST, "the body is no JSON object");
    }
    Ask ask = Ask.of(body, script.tokens(), streamsByDefault);
    if (!models.serves(ask.model())) {
      return error(HttpStatus.NOT_FOUND, "the model '" + ask.model() + "' does not exist");
    }
    long index = requests.getAndIncrement();
    Fate fate = Fate.of(script, index);
    if (fate == Fate.REFUSED) {
      return error(HttpStatus.valueOf(script.faults().status()), "refused as the script says");
    }
    HttpResponseWriter out = HttpResponse.streaming();
    Performance performance =
        new Performance(
            script, time, form.apply(ask, index), ask, fate, ctx.eventLoop(), out, turns::end);
    turns.take(performance::begin);
    return out;
  }

  static HttpResponse error(HttpStatus status, String message) {
    return HttpResponse.of(
        status, MediaType.JSON, "{\"error\":{\"message\":\"" + OpenAiForm.quoted(message) + "\"}}");
  }
}
