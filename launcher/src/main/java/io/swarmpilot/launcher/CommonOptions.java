package io.swarmpilot.launcher;

import io.swarmpilot.launcher.settings.Settings;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Options that every command understands.
final class CommonOptions {
  private CommonOptions() {}

  /// Adds `--help` and `--verbose` to a command and all below it, `--config` to those that serve,
  /// and `--version` to the root.
  static CommandLine addTo(CommandLine root) {
    root.getCommandSpec()
        .addOption(
            flag("-V", "--version").versionHelp(true).description("Show the version.").build());
    addBelow(root);
    return root;
  }

  private static void addBelow(CommandLine command) {
    if (Settings.SERVERS.contains(command.getCommandName())) {
      command.getCommandSpec().addOption(config());
    }
    command
        .getCommandSpec()
        .addOption(flag("-h", "--help").usageHelp(true).description("Show this help.").build())
        .addOption(flag("--verbose").description("Show stack traces of failures.").build());
    // A command with another name is there under both.
    command.getSubcommands().values().stream().distinct().forEach(CommonOptions::addBelow);
  }

  /// Read before the command line is parsed: it holds defaults for the other options.
  private static OptionSpec config() {
    return OptionSpec.builder("--config")
        .type(Path.class)
        .paramLabel("FILE")
        .description("Settings from a YAML or .properties file; a flag or SWARMPILOT_… wins.")
        .build();
  }

  private static OptionSpec.Builder flag(String name, String... more) {
    return OptionSpec.builder(name, more).type(boolean.class);
  }
}
