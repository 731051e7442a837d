package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds an offset at which every port of a mesh is free on the loopback address.
final class FreePorts {
  private static final int TRIES = 200;
  private static final int LOWEST = 3_000;

  /// Beyond it lie ports that systems hand out for outgoing connections (Linux from 32768 on), so
  /// that one found free is soon taken.
  private static final int HIGHEST = 23_000;

  private FreePorts() {}

  /// Ports for a mesh of so many instances. Somebody else may take one of them right after.
  static Ports find(int instances) {
    return IntStream.range(0, TRIES)
        .mapToObj(_ -> new Ports(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST)))
        .filter(ports -> areFree(ports, instances))
        .findFirst()
        .orElseThrow(() -> new CommandFailure("no free ports found"));
  }

  private static boolean areFree(Ports ports, int instances) {
    IntStream own =
        IntStream.of(
            ports.everything(),
            ports.scheduler(),
            ports.predictor(),
            ports.schedulerGrpc(),
            ports.predictorGrpc());
    IntStream theirs =
        IntStream.range(0, instances)
            .boxed()
            .flatMap(k -> Stream.of(ports.instance(k), ports.instanceGrpc(k)))
            .mapToInt(Integer::intValue);
    return IntStream.concat(own, theirs)
        .allMatch(port -> PortCheck.isFree(InetAddress.getLoopbackAddress(), port));
  }
}
