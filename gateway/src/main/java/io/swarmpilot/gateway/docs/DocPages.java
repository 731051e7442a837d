package io.swarmpilot.gateway.docs;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.file.HttpFile;
import io.swarmpilot.gateway.rest.Rule;
import io.swarmpilot.runtime.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// `/openapi.json` and the page that shows it, all from this process: no other host is asked.
public final class DocPages {
  private static final String PAGE = "/docs";
  private static final String DOCUMENT = "/openapi.json";
  private static final String VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final List<String> FILES =
      List.of("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png");

  private DocPages() {}

  /// The pages of a port by path; all answer GET.
  public static Map<String, HttpService> of(String title, List<Rule> rules) {
    Map<String, HttpService> pages = new LinkedHashMap<>();
    LazyText document = new LazyText(() -> OpenApi.of(title, BuildInfo.version(), rules));
    pages.put(
        DOCUMENT,
        (ctx, request) ->
            HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.ofUtf8(document.get())));
    String page = text("docs.html").replace("{{title}}", title);
    pages.put(
        PAGE,
        (ctx, request) ->
            HttpResponse.of(HttpStatus.OK, MediaType.HTML_UTF_8, HttpData.ofUtf8(page)));
    String folder = "META-INF/resources/webjars/swagger-ui/" + version() + "/";
    ClassLoader loader = DocPages.class.getClassLoader();
    for (String file : FILES) {
      pages.put(PAGE + "/" + file, HttpFile.of(loader, folder + file).asService());
    }
    return pages;
  }

  /// A text file beside this class.
  private static String text(String name) {
    try (InputStream in = DocPages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the gateway");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = DocPages.class.getClassLoader().getResourceAsStream(VERSION)) {
      if (in == null) {
        throw new IllegalStateException("swagger-ui is missing from the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }
}
