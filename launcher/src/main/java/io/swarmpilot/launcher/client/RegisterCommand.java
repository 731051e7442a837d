package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Adds a task instance.
@Command(name = "register", description = "Add the task instance at an address.")
public final class RegisterCommand extends ClientCommand {
  @Parameters(paramLabel = "HOST", description = "Host name or address.")
  private String host = "";

  @Parameters(paramLabel = "PORT", description = "REST or gRPC port.")
  private int port;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Model it is meant for, until it reports one itself.")
  private @Nullable String model;

  @Override
  public Integer call() {
    RegisterInstanceRequest.Builder request =
        RegisterInstanceRequest.newBuilder().setHost(host).setPort(port);
    if (model != null) {
      request.setModelName(model);
    }
    try (Session session = target().scheduler()) {
      RegisterInstanceResponse answer =
          session.call(() -> session.scheduler().registerInstance(request.build()));
      if (target().json()) {
        screen().json(answer);
      } else if (answer.getStatus().equals("success")) {
        screen().line(answer.getTiUuid() + "  " + answer.getMessage());
      }
      return exitCode(answer.getStatus(), answer.getMessage());
    }
  }
}
