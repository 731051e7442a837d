package io.swarmpilot.gateway.special;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.linecorp.armeria.common.HttpStatus;
import io.swarmpilot.gateway.json.JsonCodec;
import io.swarmpilot.gateway.rest.AnswerStatus;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;

/// Answers whose content decides their HTTP status.
///
/// Reason: `GET /health` of the predictor is documented to be 503 with the usual body while its
/// storage cannot be used; an RPC failure would lose the body.
public final class AnswerStatuses {
  private static final String UNHEALTHY = "unhealthy";

  private AnswerStatuses() {}

  /// How the answers of an RPC are told.
  public static AnswerStatus of(MethodDescriptor method) {
    if (!method.getOutputType().equals(GetHealthResponse.getDescriptor())) {
      return AnswerStatus.OK;
    }
    JsonCodec codec = JsonCodec.of(method.getOutputType());
    FieldDescriptor status =
        method.getOutputType().findFieldByNumber(GetHealthResponse.STATUS_FIELD_NUMBER);
    return answer ->
        codec.text(answer, status).equals(UNHEALTHY)
            ? HttpStatus.SERVICE_UNAVAILABLE
            : HttpStatus.OK;
  }
}
