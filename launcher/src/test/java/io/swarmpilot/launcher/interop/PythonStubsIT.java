package io.swarmpilot.launcher.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The mesh as Python stubs generated from its contracts see it.
@Timeout(90)
@ExtendWith(SharedMesh.class)
final class PythonStubsIT {
  private static final Path PROTOS = Path.of("..", "proto", "src", "main", "proto");
  private static final Path SCRIPT =
      Path.of("src", "test", "resources", "interop", "mesh_client.py");

  @ParameterizedTest
  @ValueSource(ints = {8102, 9102})
  void generatedStubsWork(int port, WholeMesh mesh, @TempDir Path stubs) throws Exception {
    ForeignTool python = ForeignTool.pythonWithGrpc();
    generate(python, stubs);

    String output =
        python
            .run(Map.of("PYTHONPATH", stubs.toString()), SCRIPT.toString(), mesh.address(port))
            .succeeded();

    assertThat(output).endsWith("all checks hold\n");
  }

  private static void generate(ForeignTool python, Path stubs) throws Exception {
    String annotations =
        python
            .run("-c", "import google.api.annotations_pb2 as a; print(a.__file__)")
            .succeeded()
            .strip();
    Path packages = Path.of(annotations).resolve("../../..").normalize();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("-m", "grpc_tools.protoc", "-I", PROTOS.toString(), "-I", packages.toString()));
    arguments.addAll(
        List.of("--python_out", stubs.toString(), "--grpc_python_out", stubs.toString()));
    arguments.addAll(contracts());
    python.run(arguments.toArray(String[]::new)).succeeded();
  }

  private static List<String> contracts() throws IOException {
    try (Stream<Path> files = Files.walk(PROTOS)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".proto")).sorted().toList();
    }
  }
}
