package io.swarmpilot.benchmark.simulate;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Foresight;
import io.swarmpilot.benchmark.simulate.measure.Bound;
import io.swarmpilot.benchmark.simulate.measure.Lives;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.measure.Summary;
import io.swarmpilot.benchmark.simulate.mesh.Conditions;
import io.swarmpilot.benchmark.simulate.mesh.MeshRun;
import io.swarmpilot.benchmark.simulate.reference.Reference;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import java.util.List;
import java.util.Optional;

/// Runs policies and references on the same tasks. The same setup gives the same rows.
public final class Experiment {
  private static final int PROGRESS_EVERY = 1_024;

  private final Setup setup;
  private final Foresight foresight;
  private final Conditions conditions;
  private final Bound bound;

  /// Prepares an experiment: the predictor is trained, if there is one.
  public Experiment(Setup setup) {
    this(
        setup,
        Foresight.learned(
            setup.information(),
            setup.fleet(),
            setup.trace(),
            setup.firstRun(),
            setup.sample().noise(),
            setup.seeds().getFirst()),
        Bound.THREE_TIMES);
  }

  private Experiment(Setup setup, Foresight foresight, Bound bound) {
    this.setup = setup;
    this.bound = bound;
    this.foresight = foresight;
    this.conditions =
        new Conditions(setup.fleet(), setup.faults(), setup.promise(), setup.policies());
  }

  /// The same experiment, with what the predictor has learned, on another fleet of the same kinds
  /// of hardware and under one load.
  public Experiment on(Fleet fleet, double load) {
    return new Experiment(setup.on(fleet, load), foresight, bound);
  }

  /// The same knowledge in another setup, of the same kinds of hardware.
  public Experiment with(Setup other) {
    return new Experiment(other, foresight, bound);
  }

  /// The same, with rows that tell which share of the tasks kept to a bound.
  public Experiment judgedBy(Bound other) {
    return new Experiment(setup, foresight, other);
  }

  /// The names that are meant: canonical names of policies, and references.
  ///
  /// @param wanted names as users write them; `all` for every policy
  /// @throws IllegalArgumentException naming the one that there is not
  public static ImmutableList<String> subjects(List<String> wanted, Setup setup) {
    PolicyRegistry policies = PolicyRegistry.discover(setup.policies());
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (String name : wanted) {
      Optional<Reference> reference = Reference.find(name);
      if (name.equals("all")) {
        names.addAll(policies.names());
      } else if (reference.isPresent()) {
        names.add(name);
      } else {
        names.add(
            policies
                .find(name)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "--policies: no policy is named "
                            + name
                            + "; there are "
                            + String.join(", ", policies.names()))));
      }
    }
    return names.build();
  }

  /// Runs each of the subjects under every load.
  ///
  /// @param subjects names from [#subjects]
  /// @return rows by load, then in order of the subjects
  public ImmutableList<Row> run(List<String> subjects, Progress progress) {
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    int steps = setup.loads().size() * subjects.size();
    int step = 0;
    for (double load : setup.loads()) {
      for (String subject : subjects) {
        double begun = step++;
        Progress part = (what, done) -> progress.at(what, (begun + done) / steps);
        rows.add(Row.mean(bySeed(subject, load, part)));
      }
    }
    return rows.build();
  }

  /// Runs one subject under one load.
  ///
  /// @return a row for every seed
  public ImmutableList<Row> bySeed(String subject, double load, Progress progress) {
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    int runs = setup.seeds().size();
    for (int run = 0; run < runs; run++) {
      long seed = setup.seeds().get(run);
      Workload tasks =
          Workload.of(setup.trace(), setup.firstRun(), setup.sample(), setup.fleet(), load, seed);
      Step step = new Step(subject + " at load " + load, run, runs, progress);
      rows.add(row(subject, load, tasks, seed, step));
    }
    return rows.build();
  }

  private Row row(String subject, double load, Workload tasks, long seed, Step step) {
    Summary summary = new Summary(setup.fleet(), tasks, setup.prices(), bound);
    Optional<Reference> reference = Reference.find(subject);
    if (reference.isPresent()) {
      step.arrived(0, tasks.size());
      Lives lives = reference.get().run(setup.fleet(), setup.faults(), tasks, seed);
      return summary.of(subject, load, lives, 0, true);
    }
    MeshRun.Result result =
        MeshRun.run(
            subject,
            conditions,
            tasks,
            foresight,
            seed,
            arrived -> step.arrived(arrived, tasks.size()));
    return summary.of(subject, load, result.lives(), result.cachedTokens(), false);
  }

  /// One run of an experiment.
  private record Step(String name, int number, int runs, Progress progress) {
    void arrived(int count, int of) {
      if (count % PROGRESS_EVERY == 0) {
        progress.at(name, (number + (double) count / of) / runs);
      }
    }
  }
}
