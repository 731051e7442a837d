package io.swarmpilot.launcher.client;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.swarmpilot.client.Endpoint;
import io.swarmpilot.launcher.settings.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/// Looks for what keeps the mesh from running, and says how to fix it.
@Command(
    name = "doctor",
    description = "Check the JDK, the ports and the services, and say how to fix what is wrong.")
public final class DoctorCommand extends ClientCommand {
  private static final int WANTED_JAVA = 25;
  private static final int FEWEST_MIB = 256;

  @Override
  public Integer call() {
    List<List<String>> findings = new ArrayList<>();
    findings.add(java());
    findings.add(memory());
    rolePorts(target().ports()).forEach((port, role) -> findings.add(port(port, role)));
    screen().table(List.of("", "WHAT", "FOUND", "FIX"), findings);
    return findings.stream().anyMatch(finding -> finding.getFirst().equals("!!")) ? 1 : 0;
  }

  private static List<String> java() {
    int feature = Runtime.version().feature();
    String found = Runtime.version() + " in " + System.getProperty("java.home");
    return feature == WANTED_JAVA
        ? fine("JDK", found)
        : wrong("JDK", found, "install a JDK 25 or set JAVA_HOME to one");
  }

  private static List<String> memory() {
    long mib = Runtime.getRuntime().maxMemory() >> 20;
    return mib >= FEWEST_MIB
        ? fine("heap", mib + " MiB at most")
        : wrong("heap", mib + " MiB at most", "SWARMPILOT_JAVA_OPTS=-Xmx512m");
  }

  private static Map<Integer, String> rolePorts(Ports ports) {
    Map<Integer, String> roles = new LinkedHashMap<>();
    roles.put(ports.everything(), "gateway");
    roles.put(ports.scheduler(), "scheduler");
    roles.put(ports.predictor(), "predictor");
    roles.put(ports.instance(0), "task instance 1");
    roles.put(ports.instance(1), "task instance 2");
    roles.put(ports.schedulerGrpc(), "scheduler gRPC");
    roles.put(ports.predictorGrpc(), "predictor gRPC");
    roles.put(ports.instanceGrpc(0), "task instance 1 gRPC");
    roles.put(ports.instanceGrpc(1), "task instance 2 gRPC");
    return roles;
  }

  private static List<String> port(int port, String role) {
    String what = "port " + port + " (" + role + ")";
    if (isFree(port)) {
      return fine(what, "free: nothing serves there");
    }
    return serves(port)
        ? fine(what, "serving")
        : wrong(
            what,
            "taken by something that is not the mesh",
            "stop that program, or add --port-offset 10000 to `up` and to every command");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean serves(int port) {
    ManagedChannel channel = new Endpoint("localhost", port, false).connect();
    try {
      HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(2, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private static List<String> fine(String what, String found) {
    return List.of("ok", what, found, "");
  }

  private static List<String> wrong(String what, String found, String fix) {
    return List.of("!!", what, found, fix);
  }
}
