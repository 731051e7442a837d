package io.swarmpilot.gateway.special;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.multipart.AggregatedBodyPart;
import com.linecorp.armeria.common.multipart.AggregatedMultipart;
import com.linecorp.armeria.common.multipart.MimeParsingException;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.swarmpilot.gateway.rest.BodyCollector;
import io.swarmpilot.gateway.rest.Fault;
import io.swarmpilot.gateway.rest.InvalidRequestException;
import io.swarmpilot.gateway.rest.UnaryService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// An operation that takes a form with a file beside its JSON.
///
/// Reason: `POST /predict/table/…` and `POST /train` are documented as `multipart/form-data`, which
/// no `google.api.http` rule describes. Any other content type goes the way of every operation.
public final class Upload implements HttpService {
  private final UnaryService json;
  private final FormBinder binder;

  /// An operation whose forms `binder` understands.
  public Upload(UnaryService json, FormBinder binder) {
    this.json = json;
    this.binder = binder;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    MediaType type = request.contentType();
    if (type == null || !type.is(MediaType.MULTIPART_FORM_DATA)) {
      return json.serve(ctx, request);
    }
    String boundary =
        type.parameters().getOrDefault("boundary", List.of()).stream().findFirst().orElse("");
    if (boundary.isEmpty()) {
      return json.answer(ctx, CompletableFuture.failedFuture(malformed()));
    }
    return json.answer(
        ctx,
        BodyCollector.collect(request)
            .thenCompose(
                body -> Multipart.from(boundary, StreamMessage.of(HttpData.wrap(body))).aggregate())
            .handle((form, failure) -> failure == null ? form : refuse(failure))
            .thenApply(form -> binder.bind(ctx, form).toByteArray()));
  }

  private static AggregatedMultipart refuse(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof MimeParsingException) {
      throw malformed();
    }
    throw new CompletionException(cause);
  }

  private static InvalidRequestException malformed() {
    return new InvalidRequestException(
        List.of(new Fault(List.of("body"), "multipart_invalid", "Body is not a well-formed form")));
  }

  /// Bytes of a part; it must be there.
  static ByteString required(AggregatedMultipart form, String name) {
    AggregatedBodyPart part = form.field(name);
    if (part == null) {
      throw new InvalidRequestException(
          List.of(Fault.in("body", List.of(name), "missing", "Field required")));
    }
    return ByteString.copyFrom(part.content().array());
  }

  /// Makes a request message of a form.
  @FunctionalInterface
  public interface FormBinder {
    /// The message.
    ///
    /// @throws InvalidRequestException naming what is wrong with the form
    Message bind(ServiceRequestContext ctx, AggregatedMultipart form);
  }
}
