package io.swarmpilot.launcher.contract;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.swarmpilot.gateway.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The same calls over gRPC: what a REST call stands for is sent as a message, and the answer is
/// shown as the documented JSON.
final class GrpcTransport implements Transport {
  private final Function<String, ManagedChannel> dialRole;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  GrpcTransport(Function<String, ManagedChannel> dialRole) {
    this.dialRole = dialRole;
  }

  @Override
  public Answer call(Call call) {
    Route route = route(call);
    DynamicMessage request =
        call.method().equals("RPC")
            ? MessageReader.read(call.body().orElse("{}"), route.method().getInputType()).build()
            : RequestBinding.bind(call, route);
    long start = System.nanoTime();
    try {
      String body = send(call.role(), route, request.toByteArray());
      return new Answer(200, ImmutableMap.of(), body, Optional.empty(), elapsed(start));
    } catch (StatusRuntimeException failure) {
      return ErrorRendering.isDescribed(failure)
          ? ErrorRendering.render(failure, call, route, elapsed(start))
          : ErrorRendering.renderPlain(failure, elapsed(start));
    }
  }

  private static Route route(Call call) {
    if (call.method().equals("RPC")) {
      return new Route("RPC", call.path(), Routes.rpc(call), true, Optional.empty());
    }
    return Routes.find(call)
        .orElseThrow(() -> new IllegalArgumentException("only HTTP can carry " + call));
  }

  private static long elapsed(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private String send(String role, Route route, byte[] request) {
    ManagedChannel channel = channels.computeIfAbsent(role, dialRole);
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
    MethodDescriptor method = route.method();
    io.grpc.MethodDescriptor<byte[], byte[]> bytes = ByteMarshaller.method(method);
    if (!method.isServerStreaming()) {
      return render(route, ClientCalls.blockingUnaryCall(channel, bytes, options, request));
    }
    List<String> lines = new ArrayList<>();
    Iterator<byte[]> answers =
        ClientCalls.blockingServerStreamingCall(channel, bytes, options, request);
    answers.forEachRemaining(answer -> lines.add(render(route, answer)));
    return String.join("\n", lines);
  }

  private static String render(Route route, byte[] answer) {
    JsonCodec codec = JsonCodec.of(route.method().getOutputType());
    byte[] json =
        route.answerField().map(f -> codec.toJson(answer, f)).orElseGet(() -> codec.toJson(answer));
    return new String(json, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
