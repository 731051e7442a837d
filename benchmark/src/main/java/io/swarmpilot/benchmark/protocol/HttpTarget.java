package io.swarmpilot.benchmark.protocol;

import com.linecorp.armeria.common.HttpResponse;
import io.swarmpilot.benchmark.prompts.Prompt;

/// A server that answers a request in one exchange.
final class HttpTarget implements Target {
  private final Http1Client client;
  private final Dialect dialect;

  HttpTarget(Http1Client client, Dialect dialect) {
    this.client = client;
    this.dialect = dialect;
  }

  @Override
  public Call send(Prompt prompt, Reply reply) {
    HttpResponse response = client.post(dialect.path(), dialect.body(prompt), reply);
    AnswerReader reader = new AnswerReader(response, dialect.answer(), reply);
    response.subscribe(reader);
    return reader::cancel;
  }
}
