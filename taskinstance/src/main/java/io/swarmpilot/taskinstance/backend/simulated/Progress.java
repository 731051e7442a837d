package io.swarmpilot.taskinstance.backend.simulated;

/// How far an execution is. Time is told to it, and may pass at any pace.
final class Progress {
  // Guards against steps that are too short to make a difference to a sum.
  private static final double NEARLY = 1e-9;

  private final Work work;
  private final double limitMs;
  private double prompt;
  private double tokens;

  /// Progress that stops short.
  ///
  /// @param share part of the work after which it stops, 0 to 1
  Progress(Work work, double share) {
    this.work = work;
    this.limitMs = share * work.aloneMs();
  }

  /// Whether all is done that is to be done.
  boolean isOver() {
    return (isRead() && generated() >= work.tokens()) || doneMs() >= limitMs - NEARLY;
  }

  /// Tokens that are generated.
  int generated() {
    return (int) Math.floor(tokens + NEARLY);
  }

  /// Time until the prompt is read, the next token is there, or it stops, whichever is first; ms.
  ///
  /// @param slowness factor by which everything takes longer at the moment
  double msToNext(int batch, double slowness) {
    Work.Pace pace = isRead() ? work.step() : work.prompt();
    double left = isRead() ? generated() + 1 - tokens : 1 - prompt;
    double alone = pace.ms(1);
    double allowed = alone > 0 ? (limitMs - doneMs()) / alone : left;
    return Math.max(0, Math.min(left, allowed)) * pace.ms(batch) * slowness;
  }

  /// Lets time pass; what is left of it after the prompt or a token goes into the next.
  void pass(double ms, int batch, double slowness) {
    double left = ms;
    if (!isRead()) {
      double whole = work.prompt().ms(batch) * slowness;
      double needed = (1 - prompt) * whole;
      if (left < needed) {
        prompt += left / whole;
        return;
      }
      prompt = 1;
      left -= needed;
    }
    double step = work.step().ms(batch) * slowness;
    tokens = step > 0 ? Math.min(work.tokens(), tokens + left / step) : work.tokens();
  }

  private boolean isRead() {
    return prompt >= 1 - NEARLY;
  }

  private double doneMs() {
    return Math.min(1, prompt) * work.prompt().ms(1) + tokens * work.step().ms(1);
  }
}
