package io.swarmpilot.launcher;

import io.swarmpilot.launcher.benchmark.BenchmarkCommand;
import io.swarmpilot.launcher.client.CancelCommand;
import io.swarmpilot.launcher.client.DoctorCommand;
import io.swarmpilot.launcher.client.DryRunCommand;
import io.swarmpilot.launcher.client.ExplainCommand;
import io.swarmpilot.launcher.client.HealthCommand;
import io.swarmpilot.launcher.client.InstancesCommand;
import io.swarmpilot.launcher.client.ModelsCommand;
import io.swarmpilot.launcher.client.PredictCommand;
import io.swarmpilot.launcher.client.PredictModeCommand;
import io.swarmpilot.launcher.client.QueuesCommand;
import io.swarmpilot.launcher.client.ShadowCommand;
import io.swarmpilot.launcher.client.StrategyCommand;
import io.swarmpilot.launcher.client.SubmitCommand;
import io.swarmpilot.launcher.client.TableCommand;
import io.swarmpilot.launcher.client.TaskCommand;
import io.swarmpilot.launcher.client.TasksCommand;
import io.swarmpilot.launcher.client.TrainCommand;
import io.swarmpilot.launcher.lab.PlanCommand;
import io.swarmpilot.launcher.lab.SimulateCommand;
import io.swarmpilot.launcher.serve.ExecutorCommand;
import io.swarmpilot.launcher.serve.GatewayCommand;
import io.swarmpilot.launcher.serve.NodeAgentCommand;
import io.swarmpilot.launcher.serve.PredictorCommand;
import io.swarmpilot.launcher.serve.SchedulerCommand;
import io.swarmpilot.launcher.serve.TaskInstanceCommand;
import io.swarmpilot.launcher.serve.UpCommand;
import io.swarmpilot.launcher.serve.WarmupCommand;
import io.swarmpilot.launcher.toolkit.GenerateSbatchCommand;
import io.swarmpilot.launcher.toolkit.OrchestratorCommand;
import io.swarmpilot.launcher.toolkit.ValidateRecipeCommand;
import io.swarmpilot.runtime.BuildInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The root of the command line.
@Command(
    name = "swarmpilot",
    description = "Places every model-serving task where it will finish soonest.",
    versionProvider = SwarmPilot.Version.class,
    footer = {
      "",
      "Start with `swarmpilot up`. `swarmpilot COMMAND --help` explains a command.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    },
    subcommands = {
      UpCommand.class,
      SchedulerCommand.class,
      PredictorCommand.class,
      TaskInstanceCommand.class,
      GatewayCommand.class,
      ExecutorCommand.class,
      NodeAgentCommand.class,
      SubmitCommand.class,
      TaskCommand.class,
      TasksCommand.class,
      ExplainCommand.class,
      CancelCommand.class,
      QueuesCommand.class,
      InstancesCommand.class,
      StrategyCommand.class,
      ShadowCommand.class,
      DryRunCommand.class,
      PredictModeCommand.class,
      PredictCommand.class,
      ModelsCommand.class,
      TrainCommand.class,
      TableCommand.class,
      SimulateCommand.class,
      PlanCommand.class,
      BenchmarkCommand.class,
      OrchestratorCommand.class,
      ValidateRecipeCommand.class,
      GenerateSbatchCommand.class,
      HealthCommand.class,
      DoctorCommand.class,
      VersionCommand.class,
      WarmupCommand.class
    })
final class SwarmPilot implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  /// Says which build this is.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "swarmpilot " + BuildInfo.version() + " (Java " + Runtime.version().feature() + ")"
      };
    }
  }
}
