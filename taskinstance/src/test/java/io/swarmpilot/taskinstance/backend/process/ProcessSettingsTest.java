package io.swarmpilot.taskinstance.backend.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessSettingsTest {
  @Test
  void startsVllmOnTheGpusOfTheReplica() {
    ProcessSettings settings =
        parse(
            """
            {"engine": "vllm", "model": "Qwen/Qwen3-8B", "slots": 16,
             "args": ["--max-model-len", "8192"], "env": {"VLLM_LOGGING_LEVEL": "WARNING"}}\
            """,
            List.of(2, 3));

    assertThat(Placeholders.fill(settings.command(), Map.of("gpu_count", "2")))
        .containsExactly(
            "vllm",
            "serve",
            "{model}",
            "--served-model-name",
            "{served_model}",
            "--host",
            "{host}",
            "--port",
            "{port}",
            "--tensor-parallel-size",
            "2",
            "--max-model-len",
            "8192");
    assertThat(settings.servedModel()).as("requests name it as the mesh does").isEqualTo("qwen");
    assertThat(settings.model()).isEqualTo("Qwen/Qwen3-8B");
    assertThat(settings.engineAt(61_000).toString())
        .isEqualTo("{\"model\":\"qwen\",\"slots\":16,\"base_url\":\"http://127.0.0.1:61000\"}");
  }

  @Test
  void startsOllamaAsItsOwnServer() {
    ProcessSettings settings =
        parse("{\"engine\": \"ollama\", \"model\": \"llama3:8b\"}", List.of());

    assertThat(settings.environment()).containsEntry("OLLAMA_HOST", "{host}:{port}");
    assertThat(settings.servedModel()).isEqualTo("llama3:8b");
    assertThat(settings.protocol()).isEqualTo(Protocol.OLLAMA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                            | config.engine: must be one of vllm,
          {"engine": "vlm"}                             | config.engine: must be one of vllm,
          {"engine": "vllm", "command": ["x"]}          | config.command: cannot be given with config.engine
          {"command": []}                               | config.command: must name a program at least
          {"command": "vllm serve"}                     | config.command: must be a list of at most 1000 strings
          {"command": ["x", 1]}                         | config.command: must hold strings
          {"command": ["x", "{prot}"]}                  | config.command: {prot} is unknown; known are {gpu_count}
          {"command": ["x"], "executable": "y"}         | config.executable: belongs to config.engine
          {"command": ["x"], "protocol": "grpc"}        | config.protocol: must be openai or ollama
          {"engine": "vllm", "protocol": "ollama"}      | config.protocol: belongs to config.command
          {"engine": "vllm", "base_url": "http://h"}    | config.base_url: is chosen by the instance
          {"engine": "vllm", "env": {"A B": "c"}}       | config.env: 'A B' is no name of a variable
          {"engine": "vllm", "env": {"CUDA_VISIBLE_DEVICES": "0"}} | config.env: CUDA_VISIBLE_DEVICES is set by
          {"engine": "vllm", "env": ["A"]}              | config.env: must be an object
          {"engine": "vllm", "ready_timeout_ms": 0}     | config.ready_timeout_ms: must be an integer from 1
          {"engine": "vllm", "max_restarts": -1}        | config.max_restarts: must be an integer from 0
          {"engine": "vllm", "slots": 0}                | config.slots: must be an integer from 1
          {"engine": "vllm", "gpus": 1}                 | config.gpus: unknown setting
          """)
  void saysWhatIsWrong(String config, String complaint) {
    MeshException refusal =
        catchThrowableOfType(MeshException.class, () -> parse(config, List.of()));

    assertThat(refusal.violations())
        .anySatisfy(violation ->
            assertThat(violation.field() + ": " + violation.message()).startsWith(complaint));
  }

  private static ProcessSettings parse(String config, List<Integer> gpus) {
    return ProcessSettings.parse(
        new ReplicaSpec("qwen", EngineJson.parse(config).orElseThrow(), gpus));
  }
}
