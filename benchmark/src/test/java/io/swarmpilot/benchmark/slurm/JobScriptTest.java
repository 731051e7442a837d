package io.swarmpilot.benchmark.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// What a job asks of Slurm, and how it ends.
@Timeout(60)
class JobScriptTest {
  private static final String RECIPE =
      """
      scenario: load-test
      partition: gpu
      account: p200776
      qos: default
      orchestration:
        mode: slurm
        total_nodes: 5
        node_allocation: {servers: {nodes: 2}, clients: {nodes: 2}, monitors: {nodes: 1}}
        job_config: {time_limit: "01:30:00"}
      resources:
        servers: {gpus: 4, cpus_per_task: 32, mem_gb: 128}
        clients: {cpus_per_task: 8, mem_gb: 16}
      workload: {component: inference, service: ollama, duration: 2m, model: llama2}
      """;

  @TempDir private Path directory;

  @Test
  void eachGroupOfNodesHasItsOwnResources() {
    String script = script(RECIPE);
    String[] groups = script.split("#SBATCH hetjob\n", -1);
    assertThat(groups).hasSize(3);
    assertThat(groups[0])
        .startsWith("#!/bin/bash\n#SBATCH --job-name=load-test\n#SBATCH --time=01:30:00\n")
        .contains("--account=p200776", "--partition=gpu", "--qos=default", "--nodes=2")
        .contains("--cpus-per-task=32", "--mem=128G", "--gres=gpu:4", "--exclusive");
    assertThat(groups[1]).contains("--nodes=2", "--cpus-per-task=8").doesNotContain("--gres");
    assertThat(groups[2]).contains("#SBATCH --nodes=1\n").doesNotContain("--gres");
  }

  @Test
  void serversExecutorsAndTheOrchestratorRunOnTheirNodes() throws Exception {
    Result result = run(script(RECIPE), 0);
    assertThat(result.exit()).isZero();
    assertThat(result.calls())
        .contains("--het-group=0", "env OLLAMA_HOST=0.0.0.0:11434 ollama serve")
        .contains(
            "--het-group=1", "/opt/swarmpilot/swarmpilot executor --service ollama --port 6000")
        .contains(
            "--het-group=2 /opt/swarmpilot/swarmpilot orchestrator --server-nodes mel1 mel2"
                + " --server-port 11434 --client-nodes mel3 mel4 --client-port 6000"
                + " --workload-config-file /home/me/my recipe.yaml");
  }

  @Test
  void theJobEndsWithTheOrchestratorAndItsExitCode() throws Exception {
    assertThat(run(script(RECIPE), 1).exit()).isEqualTo(1);
  }

  @Test
  void aDistributedServerIsOneServerOnSeveralNodes() throws Exception {
    String recipe =
        RECIPE.replace(
                "service: ollama, duration: 2m, model: llama2",
                "service: vllm, duration: 2m, model: \"a'b; rm -rf /\", prompt_len: 10")
            + """
            servers:
              service_config:
                max_model_len: 4096
                distributed: {enabled: true, tensor_parallel_size: 8, ray: {num_gpus_per_node: 4}}
            """;
    String script = script(recipe);
    Result result = run(script, 0);
    assertThat(result.exit()).isZero();
    assertThat(result.calls())
        .contains("--nodelist=mel1", "ray start --head --port=6379 --dashboard-port=8265")
        .contains("--tensor-parallel-size 8 --distributed-executor-backend ray")
        .contains("--nodelist=mel2", "ray start --block", "--num-gpus=4")
        .contains("orchestrator --server-nodes mel1 --server-port 8000");
    assertThat(script).contains("--max-model-len 4096").doesNotContain("--model a'b");
  }

  @Test
  void modulesComeFromTheRecipeElseFromTheEnvironment() {
    assertThat(script(RECIPE + "modules: [env/release, \"Apptainer/1 2\"]\n"))
        .contains("module load env/release\nmodule load 'Apptainer/1 2'\n");
    assertThat(script(RECIPE)).contains("for module in ${HPC_MODULES//,/ }");
  }

  @Test
  void aContainerIsUsedWhenTheRecipeNamesOne() {
    String artifacts =
        "artifacts: {containers_dir: /images, service: {path: ollama.sif}}\nbinds: [\"/a b:/c\"]\n";
    assertThat(script(RECIPE + artifacts))
        .contains("apptainer exec --nv --bind '/a b:/c' /images/ollama.sif env OLLAMA_HOST");
  }

  @Test
  void whatCannotBeAJobIsRefusedWithItsPath() {
    assertThatThrownBy(() -> script(RECIPE.replace("partition: gpu", "partition: \"x\\ny\"")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("partition: Slurm takes letters");
    assertThatThrownBy(() -> script(RECIPE.replace("service: ollama", "service: triton")))
        .hasMessage("workload.service: a job can start ollama and vllm, not 'triton'");
  }

  private static String script(String recipe) {
    Tree document = new Tree(new Yaml().<Map<String, Object>>load(recipe));
    return JobScript.of(
        Recipe.of(document),
        new JobSettings("/home/me/my recipe.yaml", "/opt/swarmpilot/swarmpilot", "out put"));
  }

  private record Result(int exit, String calls) {}

  /// Runs a script where `srun` notes its arguments; servers and executors then serve for ever.
  private Result run(String script, int orchestratorExit) throws IOException, InterruptedException {
    tool(
        "srun",
        """
        echo "$*" >> '%s/calls'
        case "$*" in
          *orchestrator*) until [ "$(wc -l < '%s/calls')" -ge 3 ]; do :; done; exit %d ;;
          *"hostname -I") echo '10.0.0.1 fe80::1' ;;
          *) exec tail -f /dev/null ;;
        esac
        """
            .formatted(directory, directory, orchestratorExit));
    tool(
        "scontrol",
        """
        case "$3" in servers) echo mel1; echo mel2 ;; clients) echo mel3; echo mel4 ;; esac
        """);
    Path file = Files.writeString(directory.resolve("job.sh"), script);
    ProcessBuilder job = new ProcessBuilder("bash", file.toString());
    job.directory(directory.toFile()).redirectErrorStream(true);
    job.redirectOutput(directory.resolve("output").toFile());
    job.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    job.environment().put("SLURM_JOB_NODELIST_HET_GROUP_0", "servers");
    job.environment().put("SLURM_JOB_NODELIST_HET_GROUP_1", "clients");
    Process process = job.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Result(process.exitValue(), Files.readString(directory.resolve("calls")));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void tool(String name, String script) throws IOException {
    Path tool = Files.writeString(directory.resolve(name), "#!/bin/bash\n" + script);
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
  }
}
