package io.swarmpilot.gateway.special;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.swarmpilot.gateway.rest.Fault;
import io.swarmpilot.gateway.rest.Problem;
import io.swarmpilot.gateway.rest.ProblemBody;
import io.swarmpilot.gateway.rest.RefusalForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/// Refusals of the workload executor.
///
/// Reason: its callers know `success: false` and `error` with 400 for a wrong workload and for one
/// that comes while another runs, not 422 and 409. The usual `detail` is there as well.
public final class ExecutorRefusals implements RefusalForm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_JSON = "json_invalid";
  private static final String CODE = "code";
  private static final String INVALID_CONFIGURATION = "E006";

  @Override
  public HttpResponse response(Problem problem) {
    boolean invalid = !problem.faults().isEmpty();
    boolean callersFault = invalid || problem.status().equals(HttpStatus.CONFLICT);
    ObjectNode body = usual(problem);
    body.put("success", false);
    body.put("status", "error");
    body.put("error", invalid ? sentence(problem) : problem.detail());
    if (invalid && !body.has(CODE)) {
      body.put(CODE, INVALID_CONFIGURATION);
    }
    return HttpResponse.of(
        callersFault ? HttpStatus.BAD_REQUEST : problem.status(),
        MediaType.JSON,
        HttpData.ofUtf8(body.toString()));
  }

  private static ObjectNode usual(Problem problem) {
    try {
      return (ObjectNode) JSON.readTree(ProblemBody.plain().content(problem).array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sentence(Problem problem) {
    return problem.faults().stream()
        .map(ExecutorRefusals::sentence)
        .collect(Collectors.joining("; "));
  }

  /// The field without the part of the request it stands in, and what is wrong with it.
  private static String sentence(Fault fault) {
    String field =
        fault.loc().stream().skip(1).map(Object::toString).collect(Collectors.joining("."));
    return field.isEmpty() || fault.type().equals(NOT_JSON)
        ? fault.message()
        : field + ": " + fault.message();
  }
}
