package io.swarmpilot.launcher.performance;

import io.grpc.ManagedChannel;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;

/// Prints what the mesh adds to an engine: the same chats with the engine itself and through a
/// scheduler and an instance, in one run of one process, in alternating rounds.
/// `docs/performance.md` says how to run it and how to read it.
///
/// Arguments: rounds (default 5), seconds a round (default 4).
public final class EngineOverhead {
  private static final int SLOTS = 16;
  private static final Chat SHORT = new Chat(1, 0);
  private static final Chat STREAM = new Chat(100, 10_000);
  private static final Chat BUSY = new Chat(20, 5_000);
  private static final double WARM_UP_SECONDS = 8;

  private final Asker direct;
  private final Asker mesh;
  private final int rounds;
  private final double seconds;

  private EngineOverhead(Asker direct, Asker mesh, int rounds, double seconds) {
    this.direct = direct;
    this.mesh = mesh;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /// Runs the measurements.
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 4;
    try (PacedEngine engine = PacedEngine.start(SLOTS);
        DirectAsker direct = new DirectAsker(engine.url());
        MeasuredMesh mesh = MeasuredMesh.inFrontOf(engine.url(), PacedEngine.MODEL, SLOTS)) {
      ManagedChannel channel = MeshChannels.netty("127.0.0.1", mesh.schedulerPort());
      new EngineOverhead(direct, new MeshAsker(channel), rounds, seconds).measure();
      channel.shutdownNow();
    }
  }

  private void measure() throws InterruptedException {
    warmUp();
    Pair one = measure(SHORT, 1);
    Pair streams = measure(STREAM, 8);
    Pair busy = measure(BUSY, 2 * SLOTS);
    System.out.println("| | direct | through the mesh | added | aim |");
    System.out.println("|---|---|---|---|---|");
    row(
        "answer of one token, 1 in flight, p50 ms",
        one.direct.totalMs(50),
        one.mesh.totalMs(50),
        "≤ 3");
    row("p99 ms", one.direct.totalMs(99), one.mesh.totalMs(99), "");
    row(
        "gap between tokens 10 ms apart, 8 in flight, p50 ms",
        streams.direct.gapMs(50),
        streams.mesh.gapMs(50),
        "");
    row("p99 ms", streams.direct.gapMs(99), streams.mesh.gapMs(99), "≤ 1");
    System.out.printf(
        "| chats per second at the engine's limit (%.0f) | %.1f | %.1f | %.1f %% of direct | ≥ 95 %% |%n",
        SLOTS / (BUSY.tokens() * BUSY.gapMicros() / 1e6),
        busy.direct.rate(),
        busy.mesh.rate(),
        100 * busy.mesh.rate() / busy.direct.rate());
    System.out.printf(
        "%n%d, %d and %d chats through the mesh%n",
        one.mesh.chats(), streams.mesh.chats(), busy.mesh.chats());
  }

  private void warmUp() throws InterruptedException {
    for (Asker asker : new Asker[] {direct, mesh}) {
      ChatRound unmeasured = new ChatRound();
      unmeasured.run(asker, SHORT, 4, WARM_UP_SECONDS);
      unmeasured.run(asker, BUSY, 2 * SLOTS, WARM_UP_SECONDS / 2);
    }
  }

  private Pair measure(Chat chat, int inFlight) throws InterruptedException {
    Pair pair = new Pair(new ChatRound(), new ChatRound());
    for (int round = 0; round < rounds; round++) {
      pair.direct.run(direct, chat, inFlight, seconds);
      pair.mesh.run(mesh, chat, inFlight, seconds);
    }
    return pair;
  }

  private static void row(String what, double direct, double mesh, String aim) {
    System.out.printf("| %s | %.2f | %.2f | %.2f | %s |%n", what, direct, mesh, mesh - direct, aim);
  }

  /// The same chats, asked in both ways.
  private record Pair(ChatRound direct, ChatRound mesh) {}
}
