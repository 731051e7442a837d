package io.swarmpilot.gateway.special;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// What a browser sees on the port of all services: what runs here, and where to read on.
///
/// Reason: a page is no RPC. It asks the documented paths of the same port and nothing else.
public final class FrontPage implements HttpService {
  private final HttpData page;

  /// Reads the page.
  public FrontPage() {
    try (InputStream in = FrontPage.class.getResourceAsStream("front.html")) {
      if (in == null) {
        throw new IllegalStateException("the front page is missing from the gateway");
      }
      page = HttpData.wrap(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(HttpStatus.OK, MediaType.HTML_UTF_8, page);
  }
}
