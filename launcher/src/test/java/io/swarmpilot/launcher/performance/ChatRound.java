package io.swarmpilot.launcher.performance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What one way to ask gave, over all its rounds.
final class ChatRound {
  private static final long MOST = TimeUnit.MINUTES.toNanos(1);

  private final Histogram totals = new Histogram(MOST, 3);
  private final Histogram gaps = new Histogram(MOST, 3);
  private final List<Double> rates = new ArrayList<>();

  /// Keeps so many chats open for so many seconds.
  void run(Asker asker, Chat chat, int inFlight, double seconds) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Callable<List<Histogram>>> loops = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      loops.add(() -> loop(asker, chat, end));
    }
    long before = totals.getTotalCount();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Histogram>> loop : threads.invokeAll(loops)) {
        totals.add(loop.get().getFirst());
        gaps.add(loop.get().getLast());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a chat did not end well", e);
    }
    rates.add((totals.getTotalCount() - before) / ((System.nanoTime() - start) / 1e9));
  }

  double totalMs(double percentile) {
    return totals.getValueAtPercentile(percentile) / 1e6;
  }

  double gapMs(double percentile) {
    return gaps.getValueAtPercentile(percentile) / 1e6;
  }

  /// Chats per second in the median round.
  double rate() {
    return rates.stream().sorted().toList().get(rates.size() / 2);
  }

  long chats() {
    return totals.getTotalCount();
  }

  private static List<Histogram> loop(Asker asker, Chat chat, long end)
      throws IOException, InterruptedException {
    Histogram totals = new Histogram(MOST, 3);
    Histogram gaps = new Histogram(MOST, 3);
    while (System.nanoTime() < end) {
      TokenTimes times = new TokenTimes(gaps);
      asker.ask(chat, times);
      totals.recordValue(Math.min(times.elapsed(), MOST));
    }
    return List.of(totals, gaps);
  }
}
