package io.swarmpilot.benchmark.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.prompts.Prompt;
import java.time.Duration;

/// A mesh behind its gateway: a task is submitted, then waited for. Its input is the prompt's text.
final class MeshTarget implements Target {
  private final Http1Client client;
  private final Aim aim;
  private final Duration timeout;

  MeshTarget(Http1Client client, Aim aim, Duration timeout) {
    this.client = client;
    this.aim = aim;
    this.timeout = timeout;
  }

  @Override
  public Call send(Prompt prompt, Reply reply) {
    MeshTask task = new MeshTask(client, timeout, reply);
    HttpResponse response = client.post("/queue/submit", body(prompt), task);
    task.submitted(response);
    return task::cancel;
  }

  private byte[] body(Prompt prompt) {
    ObjectNode body = Json.object().put("model_name", aim.model());
    body.putObject("task_input").put("text", prompt.text());
    ObjectNode metadata = body.putObject("metadata");
    if (prompt.inputTokens() > 0) {
      metadata.put("input_tokens", prompt.inputTokens());
    }
    if (prompt.outputTokens() > 0) {
      metadata.put("output_tokens", prompt.outputTokens());
    }
    return Json.bytes(body);
  }
}
