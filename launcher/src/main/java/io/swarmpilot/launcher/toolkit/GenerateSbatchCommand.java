package io.swarmpilot.launcher.toolkit;

import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.read.Findings;
import io.swarmpilot.benchmark.recipe.read.RecipeFile;
import io.swarmpilot.benchmark.recipe.read.RecipeFileException;
import io.swarmpilot.benchmark.recipe.read.RecipeSchema;
import io.swarmpilot.benchmark.slurm.JobScript;
import io.swarmpilot.benchmark.slurm.JobSettings;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes a recipe as a Slurm job.
@Command(
    name = "generate-sbatch",
    description = {
      "Write a benchmark recipe as a Slurm job: servers, executors and the orchestrator, each on"
          + " nodes of its own. Submit it with `sbatch FILE`.",
      "Exit codes: 0 written, 1 the recipe is invalid or cannot be a job."
    })
public final class GenerateSbatchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RECIPE", description = "The recipe, YAML or JSON.")
  private Path recipe = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE", description = "The job script to write.")
  private Path file = Path.of("");

  @Option(
      names = "--swarmpilot",
      paramLabel = "PATH",
      description = "The swarmpilot script on the cluster (default: ${DEFAULT-VALUE}).")
  private String swarmpilot = "./swarmpilot";

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Shared directory for logs and results (default: ${DEFAULT-VALUE}).")
  private String output = "benchmark_output";

  @Override
  public Integer call() {
    try {
      Findings findings = Findings.of(recipe, RecipeSchema.own());
      if (!findings.errors().isEmpty()) {
        return refuse(findings.errors());
      }
      Recipe read = Recipe.of(RecipeFile.read(recipe));
      String path = recipe.toAbsolutePath().toString();
      Files.writeString(file, JobScript.of(read, new JobSettings(path, swarmpilot, output)));
      return 0;
    } catch (InvalidSettingsException e) {
      return refuse(e.issues());
    } catch (RecipeFileException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be written", e);
    }
  }

  private int refuse(List<Issue> issues) {
    if (spec != null) {
      PrintWriter err = spec.commandLine().getErr();
      issues.forEach(err::println);
      err.flush();
    }
    return 1;
  }
}
