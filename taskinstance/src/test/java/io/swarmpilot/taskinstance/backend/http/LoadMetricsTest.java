package io.swarmpilot.taskinstance.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.taskinstance.backend.EngineLoad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadMetricsTest {
  @Test
  void readsVllm() {
    String metrics =
        """
        # HELP vllm:num_requests_running Number of requests in model execution batches.
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="qwen"} 12.0
        vllm:num_requests_running{engine="1",model_name="qwen"} 3.0
        vllm:num_requests_waiting{engine="0",model_name="qwen"} 2.0
        vllm:num_requests_waiting{engine="1",model_name="qwen"} 0.0
        vllm:kv_cache_usage_perc{engine="0",model_name="qwen"} 0.25
        vllm:kv_cache_usage_perc{engine="1",model_name="qwen"} 0.75
        vllm:request_success_total{finished_reason="stop",model_name="qwen"} 99.0
        """;

    assertThat(read(metrics)).isEqualTo(new EngineLoad("there", 15, 2, 0.75));
  }

  @Test
  void readsSglangAndLlamaCppAndTheOthers() {
    assertThat(
            read(
                """
                sglang:num_running_reqs{model_name="qwen"} 4
                sglang:num_queue_reqs{model_name="qwen"} 5
                sglang:token_usage{model_name="qwen"} 0.28
                """))
        .isEqualTo(new EngineLoad("there", 4, 5, 0.28));
    assertThat(read("llamacpp:requests_processing 1\nllamacpp:requests_deferred 7\n"))
        .isEqualTo(new EngineLoad("there", 1, 7, Double.NaN));
    assertThat(read("tgi_batch_current_size 2\ntgi_queue_size 1\n"))
        .isEqualTo(new EngineLoad("there", 2, 1, Double.NaN));
    assertThat(
            read("nv_inference_pending_request_count{model=\"qwen\",version=\"1\"} 6 1700000000\n"))
        .isEqualTo(new EngineLoad("there", 0, 6, Double.NaN));
  }

  @Test
  void prefersTheModelThatRunsHere() {
    String metrics =
        """
        vllm:num_requests_running{model_name="other"} 40
        vllm:num_requests_running{model_name="qwen"} 2
        """;

    assertThat(read(metrics).running()).isEqualTo(2);
    // The model goes by another name here.
    assertThat(LoadMetrics.read(metrics, "alias", "there").orElseThrow().running()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>no metrics</html>",
        "process_cpu_seconds_total 5",
        "vllm:kv_cache_usage_perc 0.5",
        "vllm:num_requests_running NaN",
        "vllm:num_requests_running -1",
        "vllm:num_requests_running many",
        "vllm:num_requests_running{model_name=\"qwen\" 5 6 7"
      })
  void tellsNothingWhereNothingIsTold(String metrics) {
    assertThat(LoadMetrics.read(metrics, "qwen", "there")).isEmpty();
  }

  private static EngineLoad read(String metrics) {
    return LoadMetrics.read(metrics, "qwen", "there").orElseThrow();
  }
}
