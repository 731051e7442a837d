package io.swarmpilot.benchmark.measure;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.PackedHistogram;

/// A timeline that grows.
final class TimelineTally {
  private static final long NANOS_PER_S = 1_000_000_000L;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final int DIGITS = 2;

  private final List<Cell> cells = new ArrayList<>();
  private long sliceSeconds = 1;

  void due(long at) {
    cell(at).due++;
  }

  void ended(Outcome outcome) {
    Cell cell = cell(outcome.ended());
    if (outcome.succeeded()) {
      cell.succeeded++;
      cell.tokens += outcome.usage().output();
      cell.response.recordValue(
          Math.clamp(outcome.response() / NANOS_PER_MICRO, 0, Series.MOST_MICROS));
    } else {
      cell.failed++;
    }
  }

  Timeline read() {
    return new Timeline(
        sliceSeconds, cells.stream().map(Cell::read).collect(ImmutableList.toImmutableList()));
  }

  private Cell cell(long at) {
    long second = Math.max(0, at) / NANOS_PER_S;
    while (second / sliceSeconds >= Timeline.MOST_SLICES) {
      halve();
    }
    int index = (int) (second / sliceSeconds);
    while (cells.size() <= index) {
      cells.add(new Cell());
    }
    return cells.get(index);
  }

  private void halve() {
    sliceSeconds *= 2;
    int size = (cells.size() + 1) / 2;
    for (int i = 0; i < size; i++) {
      Cell first = cells.get(2 * i);
      if (2 * i + 1 < cells.size()) {
        first.add(cells.get(2 * i + 1));
      }
      cells.set(i, first);
    }
    cells.subList(size, cells.size()).clear();
  }

  private static final class Cell {
    private final PackedHistogram response = new PackedHistogram(Series.MOST_MICROS, DIGITS);
    private long due;
    private long succeeded;
    private long failed;
    private long tokens;

    private void add(Cell other) {
      due += other.due;
      succeeded += other.succeeded;
      failed += other.failed;
      tokens += other.tokens;
      response.add(other.response);
    }

    private Timeline.Slice read() {
      return new Timeline.Slice(due, succeeded, failed, tokens, Series.copyOf(response));
    }
  }
}
