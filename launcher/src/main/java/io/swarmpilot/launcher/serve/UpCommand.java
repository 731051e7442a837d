package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.Ports;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the whole mesh in one process.
@Command(
    name = "up",
    description = "Run the whole mesh in one process, with a real embedded model.",
    footer = {
      "",
      "The configuration file may hold sections scheduler, predictor and taskinstance",
      "with the settings of those commands."
    })
public final class UpCommand extends ServeCommand {
  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "Task instances (default: ${DEFAULT-VALUE}).")
  private int instances = 2;

  @Option(
      names = "--replicas",
      paramLabel = "R",
      description = "Replicas of the model in each (default: ${DEFAULT-VALUE}).")
  private int replicas = 1;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Model to run (default: ${DEFAULT-VALUE}).")
  private String model = "all-minilm-l6-v2";

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where files go (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of(".swarmpilot");

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on; 0.0.0.0 is every network (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Override
  Serving serve(Ports ports) {
    return Mesh.start(
        new MeshSettings(
            host,
            ports,
            instances,
            replicas,
            model,
            engine.config(),
            dataDirectory,
            settings().populate(new SchedulerOptions(), "scheduler"),
            settings().populate(new PredictorOptions(), "predictor"),
            settings().populate(new InstanceOptions(), "taskinstance")));
  }
}
