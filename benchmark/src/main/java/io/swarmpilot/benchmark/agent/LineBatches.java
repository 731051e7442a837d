package io.swarmpilot.benchmark.agent;

import io.swarmpilot.benchmark.logs.FileTail;
import io.swarmpilot.proto.benchmark.v1.FollowLogResponse;

/// Sends lines in messages of bounded size.
final class LineBatches {
  private static final int MAX_CHARS = 256 << 10;

  private final PacedStream<FollowLogResponse> stream;
  private final FileTail tail;
  private FollowLogResponse.Builder batch = FollowLogResponse.newBuilder();
  private int chars;
  private boolean gone;

  /// @param tail the file that the lines come from
  LineBatches(PacedStream<FollowLogResponse> stream, FileTail tail) {
    this.stream = stream;
    this.tail = tail;
  }

  /// Takes a line; sends when there are enough, and holds the reading back while the reader is
  /// slow.
  void add(String line) {
    batch.addLines(line);
    chars += line.length();
    if (chars >= MAX_CHARS) {
      send();
    }
  }

  /// Sends what there is.
  void send() {
    if (batch.getLinesCount() > 0) {
      sendPlace();
    }
  }

  /// Sends what there is, and the place, even when there is nothing.
  void sendPlace() {
    if (gone) {
      return;
    }
    try {
      gone = !stream.send(batch.setNext(AgentMessages.of(tail.place())).build());
    } catch (InterruptedException e) {
      gone = true;
      Thread.currentThread().interrupt();
    }
    batch = FollowLogResponse.newBuilder();
    chars = 0;
  }

  /// Whether nobody reads any more.
  boolean isGone() {
    return gone;
  }
}
