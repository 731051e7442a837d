package io.swarmpilot.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import org.junit.jupiter.api.Test;

/// Instances that fail or lag are left out for a while, and return slowly.
final class OutlierEjectionTest {
  private final CoreScene scene = CoreScene.under("round_robin");
  private int submitted;

  @Test
  void failuresInARowEjectAndTimeBringsBack() {
    scene.instance("a", 4).instance("b", 4);
    failAt("a", Health.FAILURES);
    assertThat(state("a")).isEqualTo(InstanceState.EJECTED);
    assertThat(placeOne()).isEqualTo("b");
    assertThat(placeOne()).isEqualTo("b");
    scene.pass(10_001);
    assertThat(state("a")).isEqualTo(InstanceState.AVAILABLE);
    scene.tell(new Command.SetStrategy("fifo", done -> {}));
    assertThat(instance("a").credit(0)).as("slow return").isEqualTo(1);
  }

  @Test
  void aSuccessInBetweenStartsTheCountAnew() {
    scene.instance("a", 4).instance("b", 4);
    failAt("a", Health.FAILURES - 1);
    succeedAt("a");
    failAt("a", Health.FAILURES - 1);
    assertThat(state("a")).isEqualTo(InstanceState.AVAILABLE);
  }

  @Test
  void inputsAtFaultAreNotHeldAgainstTheInstance() {
    scene.instance("a", 4).instance("b", 4);
    for (int i = 0; i < 3 * Health.FAILURES; i++) {
      String id = "bad" + submitted++;
      scene.submit(id);
      scene.fail(id, FailureKind.INVALID);
    }
    assertThat(state("a")).isEqualTo(InstanceState.AVAILABLE);
    assertThat(state("b")).isEqualTo(InstanceState.AVAILABLE);
  }

  @Test
  void atMostHalfAreEjected() {
    scene.instance("a", 4).instance("b", 4).instance("c", 4);
    for (int i = 0; i < 60; i++) {
      String id = "t" + submitted++;
      scene.submit(id);
      scene.fail(id, FailureKind.FINAL);
    }
    long ejected =
        scene.core.state().instances().stream()
            .filter(instance -> instance.state() == InstanceState.EJECTED)
            .count();
    assertThat(ejected).isEqualTo(1);
  }

  @Test
  void theOnlyInstanceIsNeverEjected() {
    scene.instance("a", 4);
    failAt("a", 3 * Health.FAILURES);
    assertThat(state("a")).isEqualTo(InstanceState.AVAILABLE);
  }

  @Test
  void oneThatLagsFarBehindTheOthersIsEjected() {
    scene.instance("a", 4).instance("b", 4).instance("c", 4);
    for (int i = 0; i < 300; i++) {
      String id = "t" + submitted++;
      scene.submit(id);
      TaskEntry task = scene.task(id);
      double took = task.instanceUuid.equals("b") ? 1_500 : 100;
      scene.tell(
          new Command.Ended(task.instanceUuid, id, 1, new Outcome.Succeeded(() -> 1, took, "r")));
    }
    scene.pass(1_001);
    assertThat(state("a")).isEqualTo(InstanceState.AVAILABLE);
    assertThat(state("b")).isEqualTo(InstanceState.EJECTED);
    assertThat(state("c")).isEqualTo(InstanceState.AVAILABLE);
  }

  private void failAt(String uuid, int times) {
    int left = times;
    while (left > 0) {
      String id = "t" + submitted++;
      scene.submit(id);
      if (scene.instanceOf(id).equals(uuid)) {
        scene.fail(id, FailureKind.FINAL);
        left--;
      } else {
        scene.end(id);
      }
    }
  }

  private void succeedAt(String uuid) {
    String where;
    do {
      where = placeOne();
    } while (!where.equals(uuid));
  }

  private String placeOne() {
    String id = "t" + submitted++;
    scene.submit(id);
    String where = scene.instanceOf(id);
    scene.end(id);
    return where;
  }

  private InstanceEntry instance(String uuid) {
    return scene.core.state().findInstance(uuid).orElseThrow();
  }

  private InstanceState state(String uuid) {
    return instance(uuid).state();
  }
}
