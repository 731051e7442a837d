package io.swarmpilot.launcher.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A program that is no part of the build. Where it is absent a test that needs it is skipped, and
/// says so; with `SWARMPILOT_REQUIRE_INTEROP=true` it fails instead.
///
/// @param command how it is called
record ForeignTool(List<String> command) {
  private static final int LIMIT_SECONDS = 60;

  /// The gRPC command line client.
  static ForeignTool grpcurl() throws IOException, InterruptedException {
    return installed("grpcurl", List.of("grpcurl"), "-version");
  }

  /// Python with the gRPC runtime and code generator.
  static ForeignTool pythonWithGrpc() throws IOException, InterruptedException {
    return installed(
        "Python with grpcio, grpcio-tools and googleapis-common-protos",
        List.of("python3"),
        "-c",
        "import grpc, grpc_tools.protoc, google.api.annotations_pb2");
  }

  /// Python with nothing but its standard library.
  static ForeignTool python() throws IOException, InterruptedException {
    return installed("Python", List.of("python3"), "--version");
  }

  /// Runs it to its end, for at most a minute.
  Answer run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  /// As [#run(String...)], with these environment variables as well.
  Answer run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("tool", ".out");
    Path err = Files.createTempFile("tool", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(Stream.concat(command.stream(), Stream.of(arguments)).toList())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      assertThat(ended)
          .as("%s ends within a minute: %s", builder.command(), Files.readString(err))
          .isTrue();
      return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static ForeignTool installed(String name, List<String> command, String... probe)
      throws InterruptedException {
    ForeignTool tool = new ForeignTool(command);
    if (tool.works(probe)) {
      return tool;
    }
    String sentence = name + " is not installed, so what it would see of the mesh was not checked";
    if (Boolean.parseBoolean(System.getenv("SWARMPILOT_REQUIRE_INTEROP"))) {
      fail(sentence);
    }
    return Assumptions.abort(sentence);
  }

  private boolean works(String... probe) throws InterruptedException {
    try {
      return run(probe).exitCode() == 0;
    } catch (IOException e) {
      return false; // There is no such program on the PATH.
    }
  }

  /// What a run of it came to.
  ///
  /// @param exitCode its exit code
  /// @param output what it printed
  /// @param errors what it printed to its error stream
  record Answer(int exitCode, String output, String errors) {
    /// What it printed, after checking that it succeeded.
    String succeeded() {
      assertThat(exitCode).as("%s%n%s", output, errors).isZero();
      return output;
    }
  }
}
