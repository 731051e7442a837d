package io.swarmpilot.launcher.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The mesh as unmodified HTTP clients of the seeds see it: their requests, and models that insist
/// on every key.
@Timeout(90)
@ExtendWith(SharedMesh.class)
final class SeedClientsIT {
  private static final String SCRIPT = "src/test/resources/interop/seed_clients.py";

  @Test
  void documentedClientsWorkUnmodified(WholeMesh mesh) throws Exception {
    String output =
        ForeignTool.python()
            .run(SCRIPT, mesh.url(8102), mesh.url(8101), mesh.url(8200))
            .succeeded();

    assertThat(output).endsWith("all checks hold\n");
  }
}
