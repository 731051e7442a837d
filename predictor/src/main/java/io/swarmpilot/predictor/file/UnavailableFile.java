package io.swarmpilot.predictor.file;

/// A file that a caller named and does not get.
public final class UnavailableFile extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  UnavailableFile(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /// Why not.
  public Reason reason() {
    return reason;
  }

  /// Why a file is not to be had.
  public enum Reason {
    /// The name is none that may be given, or leads out of the directory.
    REFUSED,
    /// It is the path of a file in another directory.
    ELSEWHERE,
    /// There is no such file.
    ABSENT,
    /// It cannot be opened.
    UNREADABLE
  }
}
