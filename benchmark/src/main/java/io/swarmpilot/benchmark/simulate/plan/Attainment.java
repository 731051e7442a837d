package io.swarmpilot.benchmark.simulate.plan;

/// Share of tasks that kept the promise, over several seeds.
///
/// @param mean the mean
/// @param margin half of its 95 % confidence interval; NaN with one seed
record Attainment(double mean, double margin) {
  /// 97.5 % quantiles of Student's t for 1 and more degrees of freedom.
  private static final double[] STUDENT = {
    12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13
  };

  static Attainment of(double... shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    double mean = sum / shares.length;
    double squares = 0;
    for (double share : shares) {
      squares += (share - mean) * (share - mean);
    }
    int freedom = shares.length - 1;
    double student = freedom == 0 ? Double.NaN : STUDENT[Math.min(freedom, STUDENT.length) - 1];
    return new Attainment(mean, student * Math.sqrt(squares / freedom / shares.length));
  }

  /// Whether it reaches a share: surely, by the mean, or perhaps.
  boolean reaches(double share, Certainty certainty) {
    return switch (certainty) {
      case SURELY -> mean - (Double.isNaN(margin) ? 0 : margin) >= share;
      case PROBABLY -> mean >= share;
      case PERHAPS -> mean + (Double.isNaN(margin) ? 0 : margin) >= share;
    };
  }

  /// How much must speak for it.
  enum Certainty {
    /// The lower end of the confidence interval.
    SURELY,
    /// The mean.
    PROBABLY,
    /// The upper end.
    PERHAPS
  }
}
