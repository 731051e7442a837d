package io.swarmpilot.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ViolationsTest {
  @Test
  void tellsOfEveryFieldAtOnce() {
    assertThatThrownBy(() ->
            new Violations()
                .requireText("model_name", "", 256)
                .requireText("host", "h".repeat(300), 256)
                .requireTaskId("task_id", "a b")
                .requireAtLeast("execution_time", Double.POSITIVE_INFINITY, 0)
                .throwIfAny())
        .isInstanceOfSatisfying(
            MeshException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(ErrorReason.INVALID_FIELD);
              assertThat(refused.violations())
                  .extracting(FieldViolation::field)
                  .containsExactly("model_name", "host", "task_id", "execution_time");
              assertThat(refused.violations().getFirst().type()).isEqualTo("missing");
            });
  }

  @Test
  void letsAProperRequestPass() {
    assertThatCode(() ->
            new Violations()
                .requireText("model_name", "m", 256)
                .requireTaskId("task_id", "task-1.a:b_c")
                .requireAtLeast("execution_time", 0, 0)
                .requirePresent(true, "config")
                .throwIfAny())
        .doesNotThrowAnyException();
  }
}
