package io.swarmpilot.scheduler.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The latest partial output of a task's latest attempt, for any number of readers, each of whom
/// knows how far it has come. Beyond the bounds the oldest pieces go. Safe for use by several
/// threads.
final class OutputLog {
  static final int MOST_PIECES = 1_024;
  static final int MOST_CHARACTERS = 256 << 10;

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private int attempt;
  private int next;
  private int characters;

  /// Adds a piece. One of an earlier attempt, or one that is there already, is passed over: false.
  synchronized boolean add(Piece piece) {
    if (piece.attempt() < attempt || (piece.attempt() == attempt && piece.sequence() < next)) {
      return false;
    }
    if (piece.attempt() > attempt) {
      pieces.clear();
      characters = 0;
      attempt = piece.attempt();
    }
    next = piece.sequence() + 1;
    pieces.add(piece);
    characters += length(piece);
    while (!pieces.isEmpty() && (pieces.size() > MOST_PIECES || characters > MOST_CHARACTERS)) {
      characters -= length(pieces.remove());
    }
    return true;
  }

  /// The first piece after a reader's position, if it has come.
  synchronized @Nullable Piece after(Position position) {
    // Most readers want the newest.
    Piece first = null;
    Iterator<Piece> newestFirst = pieces.descendingIterator();
    while (newestFirst.hasNext()) {
      Piece piece = newestFirst.next();
      if (!position.isBefore(piece)) {
        break;
      }
      first = piece;
    }
    return first;
  }

  private static int length(Piece piece) {
    return piece.json().getJson().length();
  }
}
