package io.swarmpilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents and pages.
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private TestMesh mesh;

  @BeforeAll
  void start() throws IOException {
    mesh = new TestMesh();
  }

  @AfterAll
  void stop() {
    mesh.close();
  }

  @Test
  void everyPortDocumentsItsOwnPaths() throws Exception {
    assertThat(mesh.get(mesh.scheduler("/openapi.json")).body())
        .contains("\"openapi\" : \"3.1.0\"", "\"/queue/submit\"")
        .doesNotContain("\"/predict\"", "\"/models/start\"");
    assertThat(mesh.get(mesh.predictor("/openapi.json")).body())
        .contains("\"/train\"", "multipart/form-data")
        .doesNotContain("\"/queue/submit\"");
    assertThat(mesh.get(mesh.all("/openapi.json")).body())
        .contains("\"/queue/submit\"", "\"/train\"", "\"/instances/{ti_uuid}/results/{task_id}\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js"})
  void theDocumentHasAPage(String path) throws Exception {
    HttpResponse<String> page = mesh.get(mesh.scheduler(path));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isNotEmpty();
  }

  @Test
  void headTellsTheLengthOfFilesAndPages() throws Exception {
    for (String path : new String[] {"/docs", "/docs/swagger-ui.css", "/openapi.json"}) {
      HttpResponse<String> head = mesh.send("HEAD", mesh.scheduler(path), null);
      byte[] body = mesh.get(mesh.scheduler(path)).body().getBytes(StandardCharsets.UTF_8);
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.headers().firstValue("content-length"))
          .as(path)
          .hasValue(Integer.toString(body.length));
    }
  }

  @Test
  void pagesAskNoOtherHost() throws Exception {
    for (String page :
        new String[] {
          mesh.get(mesh.all("/")).body(), mesh.get(mesh.all("/docs")).body(),
        }) {
      assertThat(page).startsWith("<!DOCTYPE html>").doesNotContain("http://", "https://", "{{");
    }
  }

  @Test
  void theServicesHaveAPage() throws Exception {
    assertThat(mesh.get(mesh.all("/grpc-docs/")).statusCode()).isEqualTo(200);
    assertThat(mesh.get(mesh.all("/grpc-docs/specification.json")).body())
        .contains(
            "swarmpilot.scheduler.v1.SchedulerService",
            "swarmpilot.predictor.v1.PredictorService",
            "swarmpilot.taskinstance.v1.TaskInstanceService");
  }
}
