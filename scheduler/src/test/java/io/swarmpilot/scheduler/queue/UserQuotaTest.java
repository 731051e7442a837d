package io.swarmpilot.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserQuotaTest {
  private final UserQuota quota = new UserQuota(2);

  @Test
  void countsEachUserUpToTheMost() {
    assertThat(quota.tryAcquire("a")).isTrue();
    assertThat(quota.tryAcquire("a")).isTrue();
    assertThat(quota.tryAcquire("a")).isFalse();
    assertThat(quota.tryAcquire("")).isTrue();
    assertThat(quota.held("a")).isEqualTo(2);
    quota.release("a");
    assertThat(quota.tryAcquire("a")).isTrue();
  }

  @Test
  void forgetsUsersWithoutTasks() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(quota.tryAcquire("user " + i)).isTrue();
      quota.release("user " + i);
      quota.release("user " + i);
    }
    assertThat(quota.users()).isZero();
    assertThat(quota.held("user 1")).isZero();
  }
}
