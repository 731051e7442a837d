package io.swarmpilot.launcher.toolkit;

import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.PlannedRun;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.read.Findings;
import io.swarmpilot.benchmark.recipe.read.RecipeFileException;
import io.swarmpilot.benchmark.recipe.read.RecipeSchema;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks a recipe before anything is run with it.
@Command(
    name = "validate-recipe",
    description = {
      "Check a benchmark recipe.",
      "Its form, and whether its parts fit one another.",
      "Exit codes: 0 valid, 1 invalid or declined, 2 no such file or no document."
    })
public final class ValidateRecipeCommand implements Callable<Integer> {
  private static final int INVALID = 1;
  private static final int UNREADABLE = 2;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "RECIPE", description = "The recipe, YAML or JSON.")
  private Path recipe = Path.of("");

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "Check the form against this JSON Schema instead.")
  private @Nullable Path schema;

  @Option(
      names = "--no-interactive",
      description = "Do not ask whether warnings are acceptable: they are.")
  private boolean noInteractive;

  @Option(names = "--no-color", description = "Print without colors.")
  private boolean noColor;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print errors only.")
  private boolean quiet;

  @Option(names = "-v", description = "Also list the runs that the recipe asks for.")
  private boolean detailed;

  @Override
  public Integer call() {
    Findings findings;
    try {
      findings =
          Findings.of(recipe, schema == null ? RecipeSchema.own() : RecipeSchema.from(schema));
    } catch (RecipeFileException e) {
      err().println("swarmpilot: " + e.getMessage());
      return UNREADABLE;
    }
    findings.errors().forEach(issue -> show(err(), issue));
    if (!findings.errors().isEmpty()) {
      err().println(recipe + " is invalid: " + count(findings.errors().size(), "error"));
      return INVALID;
    }
    if (!quiet) {
      findings.warnings().forEach(issue -> show(out(), issue));
      out().println(recipe + " is valid" + but(findings.warnings().size()));
      runs(findings);
    }
    return findings.warnings().isEmpty() || accepted() ? 0 : INVALID;
  }

  private void runs(Findings findings) {
    if (detailed) {
      for (PlannedRun run : PlannedRun.of(Recipe.of(findings.document()))) {
        out().println("  " + run.name() + " " + run.body());
      }
    }
  }

  /// Asks whoever sits at the terminal; where nobody does, warnings are acceptable.
  private boolean accepted() {
    Optional<Console> terminal = terminal();
    if (noInteractive || quiet || terminal.isEmpty()) {
      return true;
    }
    String answer = terminal.get().readLine("Use it in spite of the warnings? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private void show(PrintWriter where, Issue issue) {
    String level = issue.isError() ? "@|bold,red error|@  " : "@|yellow warning|@";
    Ansi ansi = noColor || terminal().isEmpty() ? Ansi.OFF : Ansi.AUTO;
    where.println(ansi.string(level) + "  " + issue);
  }

  private static String but(int warnings) {
    return warnings == 0 ? "" : ", with " + count(warnings, "warning");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private PrintWriter out() {
    return command().commandLine().getOut();
  }

  private PrintWriter err() {
    return command().commandLine().getErr();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    return spec;
  }
}
