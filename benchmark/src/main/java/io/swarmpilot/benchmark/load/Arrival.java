package io.swarmpilot.benchmark.load;

import com.google.common.primitives.ImmutableLongArray;
import java.time.Duration;
import java.util.SplittableRandom;

/// When requests start.
public sealed interface Arrival {
  /// So many users, each of whom sends its next request when the last one is answered. A server
  /// that stalls is asked less often: what its users would have felt shows in an open loop only.
  ///
  /// @param users 1 to 100,000
  /// @param thinkTime between an answer and the next request
  record Closed(int users, Duration thinkTime) implements Arrival {
    private static final int MOST_USERS = 100_000;

    /// Refuses users out of bounds.
    public Closed {
      if (users < 1 || users > MOST_USERS) {
        throw new IllegalArgumentException("users must be from 1 to 100,000, not " + users);
      }
      if (thinkTime.isNegative()) {
        throw new IllegalArgumentException("the think time must not be below 0");
      }
    }

    /// Users who do not think.
    public static Closed of(int users) {
      return new Closed(users, Duration.ZERO);
    }
  }

  /// Requests come at a rate, whatever becomes of those before them.
  ///
  /// @param spacing how they follow each other
  /// @param rate how many come
  record Open(Spacing spacing, Rate rate) implements Arrival {
    /// The schedule; the same for the same seed.
    public Schedule schedule(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      // Even requests start at once; random ones after their first gap.
      double first = spacing.equals(Spacing.EVEN) ? -1 : 0;
      return new Schedule() {
        private double requests = first;

        @Override
        public long next() {
          requests += spacing.next(random);
          return (long) (rate.timeOf(requests) * 1e9);
        }
      };
    }
  }

  /// Requests come when those of a trace came.
  ///
  /// @param times when they came, ns, in order
  /// @param timeScale by how much time is stretched: 2 takes twice as long; above 0
  /// @param part which of several generators this is, from 0
  /// @param parts how many share the trace: each takes every so many-th request
  record Replay(ImmutableLongArray times, double timeScale, int part, int parts)
      implements Arrival {
    /// Refuses what cannot be replayed.
    public Replay {
      if (!(timeScale > 0 && timeScale <= 1e6)) {
        throw new IllegalArgumentException(
            "the time scale must be above 0, at most 1,000,000, not " + timeScale);
      }
      if (times.isEmpty()) {
        throw new IllegalArgumentException("the trace is empty");
      }
      if (parts < 1 || part < 0 || part >= parts) {
        throw new IllegalArgumentException("part " + part + " of " + parts);
      }
    }

    /// The whole trace.
    public static Replay of(ImmutableLongArray times, double timeScale) {
      return new Replay(times, timeScale, 0, 1);
    }

    /// Which request of the trace is the so-manieth of this generator.
    public long row(long index) {
      return part + index * parts;
    }

    /// The schedule.
    public Schedule schedule() {
      return new Schedule() {
        private long index;

        @Override
        public long next() {
          long row = row(index++);
          return row >= times.length()
              ? NONE
              : (long) ((times.get((int) row) - times.get(0)) * timeScale);
        }
      };
    }
  }
}
