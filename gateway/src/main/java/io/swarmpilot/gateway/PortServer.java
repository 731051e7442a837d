package io.swarmpilot.gateway;

import com.linecorp.armeria.common.SerializationFormat;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.swarmpilot.gateway.grpc.HealthOfServices;
import io.swarmpilot.gateway.grpc.PassThrough;
import io.swarmpilot.gateway.rest.ErrorAnswers;
import io.swarmpilot.runtime.grpc.Limits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// One port: an HTTP server whose paths, errors, reflection and documents know this port only.
final class PortServer {
  private static final List<SerializationFormat> FORMATS =
      List.of(
          GrpcSerializationFormats.PROTO,
          GrpcSerializationFormats.PROTO_WEB,
          GrpcSerializationFormats.PROTO_WEB_TEXT);
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final int MAX_REQUEST_LINE_BYTES = 64 << 10;
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int MAX_STREAMS_PER_CONNECTION = 1_000;
  private static final String GRPC_DOCS = "/grpc-docs";
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /// Bounds what is read of a body; what is kept of it is bounded where it is collected.
  private static final long MAX_REQUEST_BYTES = 4L * Limits.MAX_BODY_BYTES;

  /// As short as can be: zero would mean not to wait for running requests at all.
  private static final Duration QUIET_PERIOD = Duration.ofMillis(1);

  /// Longer than any grace: what is left then is cancelled, not waited for.
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(10);

  private final PortPlan plan;
  private final HealthOfServices health;
  private final InFlight inFlight = new InFlight();
  private final Server server;

  PortServer(String host, PortPlan plan, Routes routes, Duration requestTimeout) {
    this.plan = plan;
    Map<String, Channel> services = services(plan.backends());
    health = new HealthOfServices(services);
    ServerBuilder builder =
        Server.builder()
            .port(new InetSocketAddress(host, plan.port()), SessionProtocol.HTTP)
            .requestTimeout(requestTimeout)
            .idleTimeout(IDLE_TIMEOUT)
            .maxRequestLength(MAX_REQUEST_BYTES)
            .http1MaxHeaderSize(MAX_HEADER_BYTES)
            .http1MaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .http2MaxHeaderListSize(MAX_HEADER_BYTES + MAX_REQUEST_LINE_BYTES)
            .http2MaxStreamsPerConnection(MAX_STREAMS_PER_CONNECTION)
            .maxNumConnections(MAX_CONNECTIONS)
            .gracefulShutdownTimeout(QUIET_PERIOD, STOP_TIMEOUT)
            .meterRegistry(new CompositeMeterRegistry())
            .disableServerHeader()
            .errorHandler(new ErrorAnswers())
            .decorator(inFlight);
    routes.table().install(builder);
    builder.service(grpc(plan.backends()), new UnlimitedStreams());
    if (plan.allInOne()) {
      // Once, where it shows every service: building its pages takes seconds of CPU a port.
      builder.serviceUnder(GRPC_DOCS, DocService.builder().build());
    }
    server = builder.build();
  }

  CompletableFuture<Void> start() {
    return server.start();
  }

  int requestedPort() {
    return plan.port();
  }

  PortPlan plan() {
    return plan;
  }

  /// The port it listens on, once started.
  int port() {
    return server.activeLocalPort();
  }

  /// Refuses new requests and ends streams; closes the port once the other requests have ended.
  void drain() {
    health.drain();
    // Its future ends two seconds late, when the acceptor's thread is gone as well.
    CompletableFuture<Void> _ = server.stop();
    inFlight.drain();
  }

  /// Whether the port is closed and no request is left.
  boolean isClosed() {
    return server.activePorts().isEmpty() && inFlight.isEmpty();
  }

  /// Ends every request.
  void cut() {
    inFlight.cancelAll();
  }

  private static Map<String, Channel> services(List<Backend> backends) {
    Map<String, Channel> services = new LinkedHashMap<>();
    for (Backend backend : backends) {
      for (ServiceDescriptor service : backend.role().services()) {
        // The first of several instances answers native calls to a shared port.
        services.putIfAbsent(service.getName(), backend.channel());
      }
    }
    return services;
  }

  private GrpcService grpc(List<Backend> backends) {
    GrpcServiceBuilder grpc =
        GrpcService.builder()
            .supportedSerializationFormats(FORMATS)
            .maxRequestMessageLength(Limits.MAX_MESSAGE_BYTES)
            .maxResponseMessageLength(Limits.MAX_MESSAGE_BYTES)
            .exceptionHandler(new TransportFaults())
            .addService(health)
            .addService(ProtoReflectionServiceV1.newInstance());
    Map<String, Channel> services = services(backends);
    for (Backend.Role role : Backend.Role.values()) {
      for (ServiceDescriptor service : role.services()) {
        Channel channel = services.get(service.getName());
        if (channel != null) {
          grpc.addService(PassThrough.of(service, channel));
        }
      }
    }
    return grpc.build();
  }
}
