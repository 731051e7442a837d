package io.swarmpilot.benchmark.protocol;

import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.benchmark.prompts.Prompt;

/// Answers at once, without a server: what is left is the cost of generating load.
final class DummyTarget implements Target {
  @Override
  public Call send(Prompt prompt, Reply reply) {
    long now = System.nanoTime();
    reply.sent(now);
    reply.output(now);
    reply.done(System.nanoTime(), new Usage(prompt.inputTokens(), 1, 0, 0, true));
    return () -> {};
  }
}
