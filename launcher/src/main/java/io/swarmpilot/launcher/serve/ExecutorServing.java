package io.swarmpilot.launcher.serve;

import io.swarmpilot.benchmark.executor.BaseWorkloadExecutor;
import io.swarmpilot.runtime.BuildInfo;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A workload executor that serves.
///
/// @param addresses where this machine can be reached
/// @param service kind of server it drives
/// @param restPort its REST port
/// @param grpcPort its own gRPC port
/// @param executor the executor
record ExecutorServing(
    Addresses addresses, String service, int restPort, int grpcPort, BaseWorkloadExecutor executor)
    implements Serving {
  @Override
  public Map<String, Object> urls() {
    Map<String, Object> urls = new LinkedHashMap<>();
    urls.put("version", BuildInfo.version());
    urls.put("pid", ProcessHandle.current().pid());
    urls.put("executor", addresses.service(restPort, grpcPort));
    return urls;
  }

  @Override
  public void announce(PrintWriter out) {
    out.printf(
        "SwarmPilot %s executor for %s serves %s (REST, gRPC, gRPC-Web) and %s:%d (gRPC). Ctrl-C"
            + " stops.%n",
        BuildInfo.version(), service, addresses.shownUrl(restPort), addresses.shown(), grpcPort);
    out.flush();
  }

  @Override
  public void drain(Duration grace) {
    executor.drain(grace);
  }

  @Override
  public void close() {
    executor.close();
  }
}
