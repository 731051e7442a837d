package io.swarmpilot.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The shape of the house, checked: see docs/architecture.md.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String[] PURE = {
    "io.swarmpilot.*.policy..",
    "io.swarmpilot.*.forecast..",
    "io.swarmpilot.*.gpu..",
    "io.swarmpilot.*.core..",
    "io.swarmpilot.*.feature..",
    "io.swarmpilot.scheduler.batch..",
    "io.swarmpilot.scheduler.prefix..",
    "io.swarmpilot.scheduler.queue..",
    "io.swarmpilot.scheduler.shadow..",
    "io.swarmpilot.predictor.calibrate..",
    "io.swarmpilot.predictor.learn..",
    "io.swarmpilot.predictor.model..",
    "io.swarmpilot.benchmark.load",
    "io.swarmpilot.benchmark.measure..",
    "io.swarmpilot.benchmark.prompts",
    "io.swarmpilot.benchmark.recipe",
    "io.swarmpilot.benchmark.simulate",
    "io.swarmpilot.benchmark.simulate.trace..",
    "io.swarmpilot.benchmark.simulate.latency..",
    "io.swarmpilot.benchmark.simulate.information..",
    "io.swarmpilot.benchmark.simulate.fleet..",
    "io.swarmpilot.benchmark.simulate.workload..",
    "io.swarmpilot.benchmark.simulate.replica..",
    "io.swarmpilot.benchmark.simulate.mesh..",
    "io.swarmpilot.benchmark.simulate.reference..",
    "io.swarmpilot.benchmark.simulate.measure..",
    "io.swarmpilot.benchmark.simulate.plan.."
  };

  private static final DescribedPredicate<JavaClass> PURE_CLASS =
      resideInAnyPackage(PURE)
          .and(DescribedPredicate.not(resideInAPackage("io.swarmpilot.proto..")));

  /// Values and arithmetic only.
  private static final DescribedPredicate<JavaClass> PURE_DEPENDENCY =
      resideInAnyPackage(
              "java.lang",
              "java.lang.annotation",
              "java.lang.invoke",
              "java.lang.runtime",
              "java.util",
              "java.util.function",
              "java.util.random",
              "java.util.regex",
              "java.util.stream",
              "java.math",
              "com.google.common.base",
              "com.google.common.collect",
              "com.google.common.math",
              "com.google.common.primitives",
              "com.google.errorprone.annotations..",
              "org.jspecify.annotations")
          .or(named("java.time.Duration"))
          .or(named("java.nio.charset.Charset"))
          .or(named("java.nio.charset.StandardCharsets"))
          .or(named("java.nio.ByteBuffer"))
          .or(named("java.util.zip.DataFormatException"))
          .or(resideInAPackage("org.HdrHistogram"))
          .or(named("com.google.common.escape.Escaper"))
          .or(named("com.google.common.net.PercentEscaper"))
          .or(resideInAPackage("com.google.common.hash"))
          .or(PURE_CLASS)
          .and(DescribedPredicate.not(named("java.lang.Thread")))
          .and(DescribedPredicate.not(named("java.util.Timer")))
          .as("values and arithmetic");

  /// The benchmark toolkit's public names are given.
  private static final DescribedPredicate<JavaClass> SEED_NAMES =
      resideInAPackage("io.swarmpilot.benchmark.servers");

  private static final List<String> COMPOSITION_ROOTS =
      List.of(
          ".*Server(\\$.*)?",
          ".*\\.Gateway(\\$Builder)?",
          ".*\\.MeshChannels",
          "io\\.swarmpilot\\.\\w+\\.\\w*Threads");

  private JavaClasses mesh = new ClassFileImporter().importClasses(Set.of());

  @BeforeAll
  void load() {
    mesh =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.swarmpilot");
  }

  @Test
  void modulesDependInOneDirection() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("proto")
            .definedBy("io.swarmpilot.proto..")
            .layer("runtime")
            .definedBy("io.swarmpilot.runtime..")
            .layer("client")
            .definedBy("io.swarmpilot.client..")
            .layer("scheduler")
            .definedBy("io.swarmpilot.scheduler..")
            .layer("predictor")
            .definedBy("io.swarmpilot.predictor..")
            .layer("taskinstance")
            .definedBy("io.swarmpilot.taskinstance..")
            .layer("gateway")
            .definedBy("io.swarmpilot.gateway..")
            .layer("benchmark")
            .definedBy("io.swarmpilot.benchmark..")
            .layer("launcher")
            .definedBy("io.swarmpilot.launcher..")
            .whereLayer("proto")
            .mayNotAccessAnyLayer()
            .whereLayer("client")
            .mayOnlyAccessLayers("proto")
            .whereLayer("runtime")
            .mayOnlyAccessLayers("proto")
            .whereLayer("scheduler")
            .mayOnlyAccessLayers("proto", "runtime")
            .whereLayer("predictor")
            .mayOnlyAccessLayers("proto", "runtime")
            .whereLayer("taskinstance")
            .mayOnlyAccessLayers("proto", "runtime")
            .whereLayer("gateway")
            .mayOnlyAccessLayers("proto", "runtime")
            .whereLayer("benchmark")
            .mayOnlyAccessLayers(
                "proto", "runtime", "client", "scheduler", "predictor", "taskinstance", "gateway")
            .whereLayer("launcher")
            .mayNotBeAccessedByAnyLayer());
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.swarmpilot.(**)").should().beFreeOfCycles());
  }

  @Test
  void corePackagesArePure() {
    check(classes().that(PURE_CLASS).should().onlyDependOnClassesThat(PURE_DEPENDENCY));
  }

  @Test
  void corePackagesKnowNoTime() {
    check(
        noClasses()
            .that(PURE_CLASS)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random"));
  }

  @Test
  void namesSayTheJob() {
    check(
        noClasses()
            .that(DescribedPredicate.not(resideInAPackage("io.swarmpilot.proto..")))
            .and(DescribedPredicate.not(SEED_NAMES))
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl"));
  }

  @Test
  void onlyCompositionRootsCreateExecutorsChannelsAndServers() {
    check(
        noClasses()
            .that(
                DescribedPredicate.describe(
                    "are no composition roots",
                    (JavaClass type) ->
                        COMPOSITION_ROOTS.stream().noneMatch(type.getName()::matches)))
            .and()
            .resideOutsideOfPackages(
                "io.swarmpilot.client..", "io.swarmpilot.launcher..", "io.swarmpilot.proto..")
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "it creates an executor, a channel or a server",
                    (JavaCall<?> call) -> creates(call))));
  }

  @Test
  void queuesHaveBounds() {
    check(
        noClasses()
            .should()
            .callConstructor(LinkedBlockingQueue.class)
            .orShould()
            .callConstructor(LinkedBlockingDeque.class)
            .orShould()
            .callConstructor(PriorityBlockingQueue.class));
  }

  private static boolean creates(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getName();
    return switch (owner) {
      case "java.util.concurrent.Executors" -> method.startsWith("new");
      case "io.grpc.netty.NettyChannelBuilder", "io.grpc.inprocess.InProcessChannelBuilder" ->
          method.startsWith("for");
      case "io.grpc.netty.NettyServerBuilder", "io.grpc.inprocess.InProcessServerBuilder" ->
          method.startsWith("for");
      case "com.linecorp.armeria.server.Server" -> method.equals("builder");
      default -> false;
    };
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(name, type -> type.getName().equals(name));
  }

  private void check(ArchRule rule) {
    rule.check(mesh);
  }
}
