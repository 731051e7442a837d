package io.swarmpilot.gateway.rest;

import com.linecorp.armeria.common.HttpResponse;

/// How an operation tells its refusals.
@FunctionalInterface
public interface RefusalForm {
  /// A whole response for a refusal.
  HttpResponse response(Problem problem);
}
