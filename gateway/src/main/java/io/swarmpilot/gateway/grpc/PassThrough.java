package io.swarmpilot.gateway.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.swarmpilot.gateway.upstream.ByteMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Makes a service whose every method, of whatever kind, is answered by the same method elsewhere.
/// Messages are not parsed.
public final class PassThrough {
  private PassThrough() {}

  /// The service with its schema, so that reflection describes it.
  public static ServerServiceDefinition of(ServiceDescriptor generated, Channel service) {
    List<MethodDescriptor<byte[], byte[]>> methods = new ArrayList<>();
    generated.getMethods().forEach(method -> methods.add(ByteMethods.of(method)));
    ServiceDescriptor.Builder described =
        ServiceDescriptor.newBuilder(generated.getName())
            .setSchemaDescriptor(generated.getSchemaDescriptor());
    methods.forEach(described::addMethod);
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(described.build());
    methods.forEach(method ->
        definition.addMethod(
            method,
            (caller, headers) -> Pipe.open(caller, service.newCall(method, options()), headers)));
    return definition.build();
  }

  /// What is left of the caller's deadline, if it set one; Armeria has made it the request's
  /// timeout, which it counts from the start of the request.
  private static CallOptions options() {
    ServiceRequestContext context = ServiceRequestContext.current();
    long timeout = context.requestTimeoutMillis();
    if (timeout <= 0) {
      return CallOptions.DEFAULT;
    }
    long elapsed = System.nanoTime() - context.log().partial().requestStartTimeNanos();
    return CallOptions.DEFAULT.withDeadlineAfter(
        Math.max(1, TimeUnit.MILLISECONDS.toNanos(timeout) - elapsed), TimeUnit.NANOSECONDS);
  }
}
