package io.swarmpilot.scheduler.policy;

/// The few candidates with the least expected completion, least first; equal ones in turn. Used
/// again for every decision.
final class Shortlist {
  /// Most candidates it holds.
  static final int MOST = 16;

  private final int[] indices = new int[MOST];
  private final double[] completions = new double[MOST];
  private int size;

  /// Picks them.
  void pick(Candidates candidates) {
    size = 0;
    int count = candidates.size();
    int index = Rotation.start(candidates);
    for (int step = 0; step < count; step++) {
      consider(index, Rotation.orInfinity(Completion.mean(candidates, index)));
      index = index + 1 == count ? 0 : index + 1;
    }
  }

  /// How many it holds, at least one after [#pick].
  int size() {
    return size;
  }

  /// Index into the candidates of the one at a place.
  int at(int place) {
    return indices[place];
  }

  private void consider(int index, double completion) {
    if (size < MOST) {
      size++;
    } else if (completion >= completions[MOST - 1]) {
      return;
    }
    int place = size - 1;
    while (place > 0 && completions[place - 1] > completion) {
      indices[place] = indices[place - 1];
      completions[place] = completions[place - 1];
      place--;
    }
    indices[place] = index;
    completions[place] = completion;
  }
}
