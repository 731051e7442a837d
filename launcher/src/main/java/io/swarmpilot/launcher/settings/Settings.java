package io.swarmpilot.launcher.settings;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives options that are not on the command line their value from the environment or the
/// configuration file.
public final class Settings implements IDefaultValueProvider {
  /// Commands that serve: all their options are settings.
  public static final Set<String> SERVERS =
      Set.of("up", "scheduler", "predictor", "taskinstance", "gateway", "executor");

  /// Options of the client commands that are settings.
  private static final Set<String> CLIENT_SETTINGS =
      Set.of("server", "port-offset", "timeout", "models-dir");

  /// Options that only make sense on a command line.
  private static final Set<String> FLAGS_ONLY =
      Set.of("config", "help", "version", "print-config", "verbose");

  /// Further variables of the environment, by command and option; `SWARMPILOT_…` wins.
  private static final Map<String, String> ALIASES =
      ImmutableMap.of(
          "scheduler.host", "SCHEDULER_HOST",
          "scheduler.port", "SCHEDULER_PORT",
          "scheduler.predictor", "PREDICTOR_URL",
          "scheduler.instances-file", "SCHEDULER_CONFIG_PATH",
          "predictor.default-table", "DEFAULT_LOOKUP_TABLE",
          "gateway.predictor", "PREDICTOR_URL",
          "orchestrator.output-dir", "OUTPUT_DIR");

  private final Map<String, String> environment;
  private final ConfigFile file;

  private Settings(Map<String, String> environment, ConfigFile file) {
    this.environment = environment;
    this.file = file;
  }

  /// The settings for a command line: the file is the one named by `--config` or
  /// `SWARMPILOT_CONFIG`.
  public static Settings of(List<String> arguments, Map<String, String> environment) {
    Optional<String> named =
        flag(arguments, "--config")
            .or(() -> Optional.ofNullable(environment.get("SWARMPILOT_CONFIG")));
    return new Settings(
        environment, named.map(path -> ConfigFile.read(Path.of(path))).orElse(ConfigFile.EMPTY));
  }

  /// Refuses a file with settings that no serving command knows.
  public void check(CommandLine root) {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    root.getSubcommands()
        .forEach((name, command) -> {
          if (SERVERS.contains(name)) {
            known.put(name, Set.copyOf(names(command.getCommandSpec())));
          }
        });
    file.check(known);
  }

  /// Fills an object with options from the environment and a section of the file.
  public <T> T populate(T options, String command) {
    CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(options).name(command));
    line.setDefaultValueProvider(this);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs();
    return options;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String command = argument.command().name();
    return isSetting(command, option) ? value(command, name(option)).orElse(null) : null;
  }

  /// Whether an option of a command can be set by environment and file as well.
  public static boolean isSetting(String command, OptionSpec option) {
    String name = name(option);
    return SERVERS.contains(command)
        ? !FLAGS_ONLY.contains(name)
        : CLIENT_SETTINGS.contains(name) || ALIASES.containsKey(command + "." + name);
  }

  private Optional<String> value(String command, String name) {
    String variable = "SWARMPILOT_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    return variable(variable)
        .or(() -> Optional.ofNullable(ALIASES.get(command + "." + name)).flatMap(this::variable))
        .or(() -> file.value(command, name));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static List<String> names(CommandSpec command) {
    return command.options().stream()
        .map(Settings::name)
        .filter(name -> !FLAGS_ONLY.contains(name))
        .toList();
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }

  private static Optional<String> flag(List<String> arguments, String name) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(name + "=")) {
        return Optional.of(argument.substring(name.length() + 1));
      }
      if (argument.equals(name) && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
    }
    return Optional.empty();
  }
}
