package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed.Kind;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of tasks by what they are. Task a succeeded, b failed, c and d run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TaskFilterTest {
  private Mesh mesh;
  private String first;
  private String second;

  @BeforeAll
  void start() throws Exception {
    mesh = Mesh.inProcess();
    ScriptedInstance one = new ScriptedInstance("one", "m", 2);
    ScriptedInstance two = new ScriptedInstance("two", "n", 2);
    first = mesh.add(one, 8100);
    second = mesh.add(two, 8101);
    use("shortest_queue");
    submit("a", "m", "{\"user_id\": \"ann\", \"priority\": \"high\", \"slo_deadline_ms\": 9e9}");
    one.complete(one.next());
    mesh.await("a");
    use("round_robin");
    submit("b", "m", "{\"user_id\": \"bob\", \"priority\": 4, \"slo_deadline_ms\": 9e9}");
    one.fail(one.next(), Kind.KIND_INVALID_INPUT, "no");
    mesh.await("b");
    submit("c", "n", "{\"user_id\": \"ann\"}");
    submit("d", "n", "{\"slo_deadline_ms\": 0}");
  }

  @AfterAll
  void stop() {
    mesh.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                          | d c b a
          user_id: "ann"                              | c a
          user_id: "nobody"                           | ''
          priority: "HIGH"                            | a
          priority: "1"                               | a
          priority: "background"                      | b
          priority: "normal"                          | d c
          success: true                               | a
          success: false                              | b
          strategy: "Round-Robin"                     | d c b
          strategy: "shortest_queue"                  | a
          user_id: "ann" task_status: "scheduled"     | c
          user_id: "ann" model_name: "m"              | a
          submitted_after: 0                          | d c b a
          submitted_before: 0                         | ''
          user_id: "" priority: "" strategy: ""       | d c b a
          """)
  void everyFilterMustMatch(String filter, String expected) throws Exception {
    ListTasksResponse answer = mesh.stub().listTasks(request(filter));
    assertThat(String.join(" ", answer.getTasksList().stream().map(Task::getTaskId).toList()))
        .isEqualTo(expected);
    assertThat(answer.getTotalTasks()).isEqualTo(answer.getTasksCount());
  }

  @Test
  void momentsAndInstancesTellTasksApart() throws Exception {
    double at = mesh.query("c").getSubmitTime();
    everyFilterMustMatch("submitted_after: " + at, "d c");
    everyFilterMustMatch("submitted_before: " + at, "b a");
    everyFilterMustMatch("scheduled_ti: \"" + second + "\"", "d c");
    everyFilterMustMatch("scheduled_ti: \"" + first + "\"", "b a");
  }

  @Test
  void pagesKeepToTheFilter() throws Exception {
    ListTasksResponse page = mesh.stub().listTasks(request("user_id: \"ann\" page_size: 1"));
    assertThat(page.getTotalTasks()).isEqualTo(2);
    assertThat(page.getTasks(0).getTaskId()).isEqualTo("c");
    everyFilterMustMatchOnPage(page.getNextPageToken());
  }

  @Test
  void tasksTellWhatTheyAskedForAndWhetherTheyGotIt() {
    Task met = mesh.query("a");
    assertThat(met.getPriority()).isEqualTo("high");
    assertThat(met.getUserId()).isEqualTo("ann");
    assertThat(met.getSloDeadlineMs()).isEqualTo(9e9);
    assertThat(met.getSloMet()).isTrue();
    assertThat(met.getStrategyFallback()).isFalse();
    Task failed = mesh.query("b");
    assertThat(failed.getPriority()).isEqualTo("background");
    assertThat(failed.hasSloMet()).isTrue();
    assertThat(failed.getSloMet()).isFalse();
    Task running = mesh.query("d");
    assertThat(running.getPriority()).isEqualTo("normal");
    assertThat(running.hasSloDeadlineMs()).isFalse();
    assertThat(running.hasSloMet()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "priority: \"urgent\"",
        "priority: \"5\"",
        "strategy: \"nope\"",
        "submitted_after: nan",
        "submitted_before: inf",
        "task_status: \"lost\"",
        "page_token: \"x\""
      })
  void whatCannotBeMeantIsRefused(String filter) {
    String field = filter.substring(0, filter.indexOf(':'));
    assertThatThrownBy(() -> mesh.stub().listTasks(request(filter)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(ErrorMapping.reason(e)).contains(ErrorReason.INVALID_FIELD))
        .hasMessageContaining(field);
  }

  private void everyFilterMustMatchOnPage(String token) throws Exception {
    ListTasksResponse next =
        mesh.stub()
            .listTasks(
                request("user_id: \"ann\" page_size: 1").toBuilder().setPageToken(token).build());
    assertThat(next.getTasksList()).extracting(Task::getTaskId).containsExactly("a");
    assertThat(next.hasNextPageToken()).isFalse();
  }

  private void use(String strategy) {
    mesh.stub().setStrategy(SetStrategyRequest.newBuilder().setName(strategy).build());
  }

  private void submit(String id, String model, String metadata) {
    mesh.stub()
        .submitTask(
            Mesh.task(model).toBuilder()
                .setTaskId(id)
                .setMetadata(JsonValues.of(metadata))
                .build());
  }

  private static ListTasksRequest request(String text) throws TextFormat.ParseException {
    return TextFormat.parse(text, ListTasksRequest.class);
  }
}
