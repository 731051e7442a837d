package io.swarmpilot.gateway;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.swarmpilot.gateway.docs.DocPages;
import io.swarmpilot.gateway.rest.Operation;
import io.swarmpilot.gateway.rest.Rule;
import io.swarmpilot.gateway.rest.StreamService;
import io.swarmpilot.gateway.rest.Target;
import io.swarmpilot.gateway.rest.UnaryService;
import io.swarmpilot.gateway.special.AnswerStatuses;
import io.swarmpilot.gateway.special.ExecutorMetrics;
import io.swarmpilot.gateway.special.ExecutorRefusals;
import io.swarmpilot.gateway.special.FrontPage;
import io.swarmpilot.gateway.special.InstanceDirectory;
import io.swarmpilot.gateway.special.PredictorMetrics;
import io.swarmpilot.gateway.special.SchedulerMetrics;
import io.swarmpilot.gateway.special.ServiceChoice;
import io.swarmpilot.gateway.special.Upload;
import io.swarmpilot.gateway.special.Uploads;
import io.swarmpilot.gateway.upstream.ByteMethods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which REST paths a port has: those of the descriptors, and on the port of all services the
/// resolution of their clashes.
final class Routes {
  private static final String ALL = "all services";
  private static final String HEALTH = "/health";
  private static final String STATUS = "/status";

  private final RouteTable table = new RouteTable();
  private final List<Rule> rules = new ArrayList<>();

  private Routes() {}

  /// The paths of one service, as documented.
  static Routes of(Backend backend) {
    Routes routes = new Routes();
    Target target = Target.fixed(backend.channel());
    if (backend.role() == Backend.Role.EXECUTOR) {
      routes.executor(backend.channel());
    } else {
      operations(backend.role(), target).forEach(routes::add);
    }
    if (backend.role() == Backend.Role.PREDICTOR) {
      routes.table.bind(
          HttpMethod.GET, PredictorMetrics.PATH, new PredictorMetrics(backend.channel()));
    }
    if (backend.role() == Backend.Role.SCHEDULER) {
      routes.table.bind(
          HttpMethod.GET, SchedulerMetrics.PATH, new SchedulerMetrics(backend.channel()));
    }
    routes.pages(backend.role().title());
    return routes;
  }

  /// The paths of all services on one port.
  static Routes ofAll(List<Backend> backends, Optional<InstanceDirectory> directory) {
    Routes routes = new Routes();
    Map<String, HttpService> health = new LinkedHashMap<>();
    for (Backend backend : byPrecedence(backends)) {
      boolean isInstance = backend.role() == Backend.Role.TASK_INSTANCE;
      for (Operation operation : operations(backend.role(), Target.fixed(backend.channel()))) {
        String path = operation.rule().path().text();
        if (path.equals(HEALTH)) {
          health.putIfAbsent(backend.role().title(), service(operation));
          routes.rules.add(operation.rule());
        } else if (!isInstance || path.equals(STATUS)) {
          routes.add(operation);
        }
      }
    }
    if (!health.isEmpty()) {
      routes.table.bind(HttpMethod.GET, HEALTH, new ServiceChoice(health));
    }
    directory.ifPresent(target -> prefixed(target).forEach(routes::add));
    routes.table.bind(HttpMethod.GET, "/", new FrontPage());
    routes.pages(ALL);
    return routes;
  }

  /// A workload executor has refusals of its own, and metrics in two forms.
  private void executor(Channel channel) {
    ExecutorMetrics text = new ExecutorMetrics(channel);
    ExecutorRefusals refusals = new ExecutorRefusals();
    for (Operation plain : operations(Backend.Role.EXECUTOR, Target.fixed(channel))) {
      Operation operation = plain.refusing(refusals);
      String path = operation.rule().path().text();
      HttpService json = service(operation);
      boolean negotiated = path.equals(ExecutorMetrics.NEGOTIATED_PATH);
      table.bind(operation.rule().verb(), path, negotiated ? text.or(json) : json);
      rules.add(operation.rule());
    }
    table.bind(HttpMethod.GET, ExecutorMetrics.PATH, text);
  }

  /// Adds what is no operation: the documents of the port, and the front page where all share it.
  private void pages(String title) {
    DocPages.of(title, rules()).forEach((path, page) -> table.bind(HttpMethod.GET, path, page));
  }

  /// The bindings, one place for all of them.
  RouteTable table() {
    return table;
  }

  /// What the descriptors say of the paths here.
  List<Rule> rules() {
    return List.copyOf(rules);
  }

  private void add(Operation operation) {
    table.bind(operation.rule().verb(), operation.rule().path().text(), service(operation));
    rules.add(operation.rule());
  }

  /// One backend a role, the owner of clashing paths first: `/health` is the predictor's.
  private static List<Backend> byPrecedence(List<Backend> backends) {
    Map<Backend.Role, Backend> first = new LinkedHashMap<>();
    for (Backend.Role role :
        List.of(Backend.Role.PREDICTOR, Backend.Role.SCHEDULER, Backend.Role.TASK_INSTANCE)) {
      backends.stream()
          .filter(backend -> backend.role() == role)
          .findFirst()
          .ifPresent(backend -> first.put(role, backend));
    }
    return List.copyOf(first.values());
  }

  private static List<Operation> operations(Backend.Role role, Target target) {
    return role.services().stream()
        .flatMap(service -> operations(service, target).stream())
        .toList();
  }

  private static List<Operation> prefixed(InstanceDirectory directory) {
    List<Operation> operations = new ArrayList<>();
    for (Operation plain : operations(Backend.Role.TASK_INSTANCE, directory)) {
      operations.add(plain.under(InstanceDirectory.PREFIX));
    }
    return operations;
  }

  private static List<Operation> operations(ServiceDescriptor service, Target target) {
    Map<String, MethodDescriptor<?, ?>> methods = new LinkedHashMap<>();
    service
        .getMethods()
        .forEach(method -> methods.put(ByteMethods.descriptor(method).getFullName(), method));
    if (!(service.getSchemaDescriptor() instanceof ProtoServiceDescriptorSupplier supplier)) {
      throw new IllegalArgumentException(service.getName() + " is not generated from proto");
    }
    List<Operation> operations = new ArrayList<>();
    for (Rule rule : Rule.of(supplier.getServiceDescriptor())) {
      MethodDescriptor<?, ?> method = methods.get(rule.method().getFullName());
      if (method != null) {
        operations.add(new Operation(rule, method, target));
      }
    }
    return operations;
  }

  private static HttpService service(Operation operation) {
    if (operation.rule().method().isServerStreaming()) {
      return new StreamService(operation);
    }
    UnaryService unary = new UnaryService(operation, AnswerStatuses.of(operation.rule().method()));
    return Uploads.of(operation.request().getFullName())
        .<HttpService>map(form -> new Upload(unary, form))
        .orElse(unary);
  }
}
