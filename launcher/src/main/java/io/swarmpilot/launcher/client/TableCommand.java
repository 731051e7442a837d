package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a lookup table.
@Command(name = "table", description = "Make a lookup table of predictions for traces.")
public final class TableCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "MODEL_TYPE", description = "Type of the model.")
  private String modelType = "";

  @Parameters(index = "1", paramLabel = "MODEL_NAME", description = "Name of the model variant.")
  private String modelName = "";

  @Parameters(index = "2", paramLabel = "HARDWARE", description = "Hardware.")
  private String hardware = "";

  @Parameters(index = "3", paramLabel = "SOFTWARE", description = "Software.")
  private String softwareName = "";

  @Parameters(index = "4", paramLabel = "VERSION", description = "Version of the software.")
  private String softwareVersion = "";

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE|-",
      description = "The traces: a JSON array, JSON lines or CSV, gzipped or not.")
  private String file = "";

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "Probability of the widest interval in the table (default: 0.95).")
  private @Nullable Double confidence;

  @Option(names = "--format", paramLabel = "json|csv", description = "Format (default: json).")
  private String format = "json";

  @Override
  public Integer call() {
    PredictTableRequest.Builder request =
        PredictTableRequest.newBuilder()
            .setModelType(modelType)
            .setModelName(modelName)
            .setHardware(hardware)
            .setSoftwareName(softwareName)
            .setSoftwareVersion(softwareVersion)
            .setTraceFile(FileArgument.read("--file", file))
            .setFileName(FileArgument.name(file))
            .setFormat(format);
    if (confidence != null) {
      request.setConfidenceLevel(confidence);
    }
    try (Session session = target().predictor()) {
      PredictTableResponse answer =
          session.call(() -> session.patientPredictor().predictTable(request.build()));
      if (target().json()) {
        screen().json(answer);
      } else if (answer.getStatus().equals("successful")) {
        screen().line(answer.getPath());
      }
      if (!answer.getStatus().equals("successful")) {
        throw new CommandFailure(answer.getMessage());
      }
      return 0;
    }
  }
}
