package io.swarmpilot.taskinstance.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Timeline;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import org.junit.jupiter.api.Test;

class ChunkAssemblyTest {
  @Test
  void joinsToolCallsAndChoices() throws RunFailure {
    String whole =
        assemble(
            """
            : ping

            data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":"{\\"a\\":"}}]}}]}

            data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]},"finish_reason":null},{"index":1,"delta":{"role":"assistant","content":"no"}}]}

            data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            data:

            data: {"object":"chat.completion.chunk","choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]
            """);

    assertThat(whole)
        .isEqualTo(
            "{\"object\":\"chat.completion\",\"choices\":["
                + "{\"index\":0,\"finish_reason\":\"tool_calls\",\"message\":{\"role\":\"assistant\",\"tool_calls\":["
                + "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}}]}},"
                + "{\"index\":1,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"no\"}}]}");
  }

  @Test
  void takesAStreamThatEndsWithoutSayingSoWhenItsChoicesHave() throws RunFailure {
    assertThat(
            assemble(
                "data: {\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":\"stop\"}]}"))
        .isEqualTo("{\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":\"stop\"}]}");
  }

  @Test
  void tellsAStreamThatBreaksOffFromOneThatSaysNothing() {
    assertThat(failure("data: {\"choices\":[{\"index\":0,\"text\":\"a\"}]}\n\n"))
        .hasMessage("crashed: the stream ended before the answer did")
        .extracting(RunFailure::kind)
        .isEqualTo(RunFailure.Kind.REPLICA_LOST);
    assertThat(failure("data: [DONE]\n\n")).hasMessage("failed: the stream held no output");
    assertThat(failure("data: oops\n\n"))
        .hasMessage("failed: the stream held what is no JSON object");
  }

  private static RunFailure failure(String stream) {
    return catchThrowableOfType(RunFailure.class, () -> assemble(stream));
  }

  private static String assemble(String stream) throws RunFailure {
    ChunkAssembly assembly = new ChunkAssembly(new Timeline(0), ExecutionOutput.NONE);
    boolean more = true;
    for (String line : stream.split("\n", -1)) {
      more = more && assembly.line(line, 1);
    }
    return EngineJson.write(assembly.result());
  }
}
