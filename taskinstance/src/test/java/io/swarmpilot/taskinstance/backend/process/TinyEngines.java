package io.swarmpilot.taskinstance.backend.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/// Configurations that start the engine of `docs/examples/engine`.
///
/// @param classes where it was compiled to
record TinyEngines(Path classes) {
  private static final Path SOURCE = Path.of("../docs/examples/engine/TinyEngine.java");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  /// Compiles the engine, so that not every server has to.
  static TinyEngines compiledTo(Path folder) {
    int failure =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), SOURCE.toString());
    assertThat(failure).as("compiling " + SOURCE).isZero();
    return new TinyEngines(folder);
  }

  /// The words that start it.
  List<String> command() {
    return List.of(
        JAVA,
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx64m",
        "-cp",
        classes.toString(),
        "TinyEngine",
        "--port",
        "{port}",
        "--model",
        "{served_model}");
  }

  /// Settings of a replica that runs it.
  ObjectNode config(String... args) {
    ObjectNode config = EngineJson.object().put("backend", "process").put("stop_grace_ms", 2_000);
    ArrayNode words = config.putArray("command");
    command().forEach(words::add);
    ArrayNode rest = config.putArray("args");
    List.of(args).forEach(rest::add);
    return config;
  }

  /// A replica of the model "tiny" that runs it.
  ReplicaSpec spec(String... args) {
    return new ReplicaSpec("tiny", config(args));
  }
}
