package io.swarmpilot.launcher.contract;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.swarmpilot.proto.predictor.v1.PredictorServiceOuterClass;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceOuterClass;
import io.swarmpilot.proto.scheduler.v1.Shadow;
import io.swarmpilot.proto.scheduler.v1.Statistics;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceOuterClass;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Every REST binding of the three public services, read from the descriptors.
final class Routes {
  private static final ImmutableListMultimap<String, FileDescriptor> FILES_OF_ROLE =
      ImmutableListMultimap.of(
          "scheduler", SchedulerServiceOuterClass.getDescriptor(),
          "scheduler", Shadow.getDescriptor(),
          "scheduler", Statistics.getDescriptor(),
          "predictor", PredictorServiceOuterClass.getDescriptor(),
          "instance", TaskInstanceServiceOuterClass.getDescriptor());

  private Routes() {}

  /// Every binding of every service.
  static ImmutableList<Route> all() {
    return FILES_OF_ROLE.values().stream()
        .flatMap(Routes::of)
        .collect(ImmutableList.toImmutableList());
  }

  /// The binding that a call of a role goes to.
  static Optional<Route> find(Call call) {
    return files(call.role()).stream()
        .flatMap(Routes::of)
        .filter(route -> route.match(call.method(), call.pathOnly()).isPresent())
        .min(Comparator.comparingLong(Route::fieldCount));
  }

  /// The method that a call of kind `RPC` names.
  static MethodDescriptor rpc(Call call) {
    String name = call.path().substring(call.path().indexOf('/') + 1);
    return files(call.role()).stream()
        .flatMap(file -> file.getServices().stream())
        .map(service -> service.findMethodByName(name))
        .filter(method -> method != null)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such method: " + call.path()));
  }

  private static ImmutableList<FileDescriptor> files(String role) {
    ImmutableList<FileDescriptor> files =
        FILES_OF_ROLE.get(role.startsWith("instance") ? "instance" : role);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("role " + role + " has no service of its own");
    }
    return files;
  }

  private static Stream<Route> of(FileDescriptor file) {
    return file.getServices().stream()
        .map(ServiceDescriptor::getMethods)
        .flatMap(java.util.List::stream)
        .flatMap(Routes::of);
  }

  private static Stream<Route> of(MethodDescriptor method) {
    HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
    if (rule.getPatternCase() == HttpRule.PatternCase.PATTERN_NOT_SET) {
      return Stream.of();
    }
    return Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream())
        .map(binding -> route(method, binding));
  }

  private static Route route(MethodDescriptor method, HttpRule rule) {
    Optional<FieldDescriptor> answer =
        Optional.of(rule.getResponseBody())
            .filter(name -> !name.isEmpty())
            .map(method.getOutputType()::findFieldByName);
    return new Route(
        rule.getPatternCase().name(),
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case DELETE -> rule.getDelete();
          default -> rule.getPost();
        },
        method,
        rule.getBody().equals("*"),
        answer);
  }
}
