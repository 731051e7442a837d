package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.proto.scheduler.v1.RequestMetadata;
import io.swarmpilot.proto.scheduler.v1.SchedulingDecision;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where requests would go. The registered instances are two of model m: one busy, one idle.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DryRunsTest {
  private Mesh mesh;
  private ScriptedInstance first;
  private String busy;
  private String idle;

  @BeforeAll
  void start() throws Exception {
    mesh = Mesh.inProcess();
    first = new ScriptedInstance("one", "m", 1);
    busy = mesh.add(first, 8100);
    mesh.stub().setStrategy(SetStrategyRequest.newBuilder().setName("shortest_queue").build());
    mesh.submit("m");
    idle = mesh.add(new ScriptedInstance("two", "m", 1), 8101);
  }

  @AfterAll
  void stop() {
    mesh.close();
  }

  @Test
  void aListOfRequestsGoesWhereTheStrategySays() throws Exception {
    DryRunResponse answer =
        ask(
            """
            strategy: "Priority"
            requests { request_id: "n" priority { json: "\\"NORMAL\\"" } arrival_time: 1700000000 }
            requests { request_id: "c" priority { json: "0" } arrival_time: 1700000000.02 }
            requests { request_id: "h" priority { value { string_value: "high" } }
                       arrival_time: 1700000000.01 }
            requests { request_id: "l" priority { value { number_value: 3 } } }
            instances { instance_id: "fast" current_load: 0.8 avg_latency_ms: 30
                        tensor_parallel_size: 2 }
            instances { instance_id: "slow" current_load: 0.3 avg_latency_ms: 100 }
            """);
    assertThat(answer.getStrategy()).isEqualTo("priority");
    assertThat(answer.getPrioritizedList()).containsExactly("c", "h", "n", "l");
    assertThat(answer.getUnplacedList()).isEmpty();
    assertThat(answer.getDecisionsList())
        .extracting(d -> d.getRequestId() + " " + d.getTargetInstanceId())
        .containsExactly("c fast", "h fast", "n slow", "l slow");
    SchedulingDecision decision = answer.getDecisions(0);
    assertThat(decision.getParallelismStrategy()).isEqualTo("tp");
    assertThat(decision.getTensorParallelSize()).isEqualTo(2);
    assertThat(decision.getPipelineParallelSize()).isEqualTo(1);
    assertThat(decision.getEstimatedLatencyMs()).isEqualTo(30);
    assertThat(decision.getStrategy()).isEqualTo("priority");
    assertThat(decision.getReason()).isNotBlank();
    assertThat(decision.getConfidence()).isBetween(0.0, 1.0);
    assertThat(decision.getDecisionTime()).isGreaterThan(1_700_000_000);
  }

  @Test
  void whatFindsNoRoomIsUnplaced() throws Exception {
    DryRunResponse answer =
        ask(
            """
            strategy: "fifo"
            requests { request_id: "a" }
            requests { request_id: "b" }
            requests { request_id: "c" model_name: "other" }
            instances { instance_id: "i" model_name: "m" max_concurrency: 1 }
            instances { instance_id: "off" is_available: false }
            instances { instance_id: "ill" is_healthy: false }
            instances { instance_id: "no" can_accept_request: false }
            """);
    assertThat(answer.getDecisionsList())
        .extracting(SchedulingDecision::getRequestId)
        .containsExactly("a");
    assertThat(answer.getUnplacedList()).containsExactly("b", "c");
  }

  @Test
  void withoutInstancesTheRegisteredOnesAreAskedAndStayAsTheyAre() throws Exception {
    DryRunResponse early =
        ask(
            """
            requests { request_id: "a" model_name: "m" }
            requests { request_id: "b" model_name: "m" }
            requests { request_id: "c" model_name: "m" }
            requests { request_id: "d" model_name: "other" }
            """);
    assertThat(early.getStrategy()).isEqualTo("shortest_queue");
    assertThat(early.getDecisionsList())
        .extracting(SchedulingDecision::getTargetInstanceId)
        .as("the idle one first; one that is charged is not idle any more")
        .startsWith(idle)
        .contains(busy)
        .hasSize(3);
    assertThat(early.getDecisions(0).getEstimatedLatencyMs()).isPositive();
    assertThat(early.getUnplacedList()).containsExactly("d");
    DryRunResponse late =
        ask(
            "strategy: 'fifo' requests { request_id: 'a' model_name: 'm' }"
                + " requests { request_id: 'b' model_name: 'm' }");
    assertThat(late.getDecisionsList())
        .extracting(SchedulingDecision::getTargetInstanceId)
        .containsExactly(idle);
    assertThat(late.getUnplacedList()).containsExactly("b");
    assertThat(mesh.instance(idle).getOutstandingTasks()).isZero();
    assertThat(mesh.instance(busy).getOutstandingTasks()).isEqualTo(1);
    assertThat(ask("").getDecisionsList()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          strategy: "nope"                                               | strategy
          requests { request_id: "" }                                    | requests[0].request_id
          requests { request_id: "a" } requests { request_id: "a" }      | requests[1].request_id
          requests { request_id: "a" priority { json: "9" } }            | requests[0].priority
          requests { request_id: "a" priority { json: "\\"urgent\\"" } } | requests[0].priority
          requests { request_id: "a" expected_ms: -1 }                   | requests[0].expected_ms
          requests { request_id: "a" slo_deadline_ms: nan }              | requests[0].slo_deadline_ms
          requests { request_id: "a" arrival_time: inf }                 | requests[0].arrival_time
          requests { request_id: "a" max_tokens: -1 }                    | requests[0].max_tokens
          instances { instance_id: "" }                                  | instances[0].instance_id
          instances { instance_id: "i" gpu_count: 0 }                    | instances[0].gpu_count
          instances { instance_id: "i" max_concurrent_requests: 0 }      | instances[0].max_concurrent_requests
          instances { instance_id: "i" current_load: -0.1 }              | instances[0].current_load
          instances { instance_id: "i" slots: 0 }                        | instances[0].slots
          """)
  void whatCannotBeMeantIsRefusedByName(String request, String field) {
    assertThatThrownBy(() -> ask(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(ErrorMapping.reason(e)).contains(ErrorReason.INVALID_FIELD))
        .hasMessageContaining(field);
  }

  @Test
  void thereIsABound() {
    DryRunRequest.Builder request = DryRunRequest.newBuilder();
    for (int i = 0; i <= 1_000; i++) {
      request.addRequests(RequestMetadata.newBuilder().setRequestId("r" + i));
    }
    assertThatThrownBy(() -> mesh.stub().dryRun(request.build())).hasMessageContaining("requests");
    request.removeRequests(0);
    assertThat(List.copyOf(mesh.stub().dryRun(request.build()).getPrioritizedList()))
        .hasSize(1_000);
  }

  private DryRunResponse ask(String request) throws TextFormat.ParseException {
    return mesh.stub().dryRun(TextFormat.parse(request, DryRunRequest.class));
  }
}
