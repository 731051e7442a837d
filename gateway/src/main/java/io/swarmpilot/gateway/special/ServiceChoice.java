package io.swarmpilot.gateway.special;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.swarmpilot.gateway.rest.Problem;
import io.swarmpilot.gateway.rest.ProblemBody;
import java.util.LinkedHashMap;
import java.util.Map;

/// One path that several services answer differently.
///
/// Reason: `/health` is documented for the predictor, the scheduler and the task instance, with
/// answers that cannot be merged. On a port of its own each answers its own; where all share a
/// port, the header `x-service` chooses, and without it the first service given here.
public final class ServiceChoice implements HttpService {
  /// Header that names the service.
  public static final String HEADER = "x-service";

  private final Map<String, HttpService> services;

  /// A choice among services by name, of which there is at least one.
  public ServiceChoice(Map<String, HttpService> services) {
    this.services = new LinkedHashMap<>(services);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    String wanted = request.headers().get(HEADER);
    HttpService service =
        wanted == null ? services.values().iterator().next() : services.get(wanted);
    if (service == null) {
      return ProblemBody.plain()
          .response(Problem.of(HttpStatus.NOT_FOUND, "No service of this name behind this port"));
    }
    return service.serve(ctx, request);
  }
}
