package io.swarmpilot.gateway.rest;

import com.google.common.base.Joiner;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.EnumMap;
import java.util.Map;

/// Everything on one path: picks the service of the request's verb, answers HEAD as GET without its
/// body, and other verbs with 405 and `Allow`.
public final class PathService implements HttpService {
  private final Map<HttpMethod, HttpService> verbs;
  private final String allowed;

  /// A path that answers these verbs.
  public PathService(Map<HttpMethod, HttpService> verbs) {
    this.verbs = new EnumMap<>(verbs);
    Map<HttpMethod, HttpService> all = new EnumMap<>(verbs);
    HttpService get = verbs.get(HttpMethod.GET);
    if (get != null) {
      all.put(HttpMethod.HEAD, get);
    }
    allowed = Joiner.on(", ").join(all.keySet());
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    HttpService service = verbs.get(request.method());
    if (service != null) {
      return service.serve(ctx, request);
    }
    HttpService get = verbs.get(HttpMethod.GET);
    if (request.method() == HttpMethod.HEAD && get != null) {
      return withoutBody(get.serve(ctx, request));
    }
    return notAllowed();
  }

  private static HttpResponse withoutBody(HttpResponse answer) {
    return HttpResponse.of(
        answer
            .aggregate()
            .thenApply(whole -> AggregatedHttpResponse.of(headOf(whole)).toHttpResponse()));
  }

  /// The headers; the length is that of the body left out, unless the service left it out itself.
  private static ResponseHeaders headOf(AggregatedHttpResponse whole) {
    int length = whole.content().length();
    return length == 0
        ? whole.headers()
        : whole.headers().toBuilder().contentLength(length).build();
  }

  private HttpResponse notAllowed() {
    Problem problem =
        Problem.of(HttpStatus.METHOD_NOT_ALLOWED, HttpStatus.METHOD_NOT_ALLOWED.reasonPhrase());
    ResponseHeaders headers =
        ProblemBody.headers(problem).toBuilder().set(HttpHeaderNames.ALLOW, allowed).build();
    return HttpResponse.of(headers, ProblemBody.plain().content(problem));
  }
}
