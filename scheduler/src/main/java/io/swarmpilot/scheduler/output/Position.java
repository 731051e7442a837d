package io.swarmpilot.scheduler.output;

/// How far a reader has come.
///
/// @param attempt attempt of the last piece it got; 0 before the first
/// @param next number of the piece it expects next in that attempt
public record Position(int attempt, int next) {
  /// Before everything.
  public static final Position START = new Position(0, 0);

  /// The position after a piece.
  public Position after(Piece piece) {
    return new Position(piece.attempt(), piece.sequence() + 1);
  }

  /// Whether the piece is still to come.
  boolean isBefore(Piece piece) {
    return piece.attempt() > attempt || (piece.attempt() == attempt && piece.sequence() >= next);
  }

  /// Pieces between this position and a piece that never came.
  public int dropped(Piece piece) {
    return piece.attempt() == attempt ? piece.sequence() - next : piece.sequence();
  }
}
