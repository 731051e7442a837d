package io.swarmpilot.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page about strategies tells the truth about names, bindings, flags and the way to add one.
class StrategiesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "strategies.md");
  private static final PolicyRegistry POLICIES = PolicyRegistry.discover(PolicySettings.DEFAULTS);

  @TempDir private Path directory;

  @Test
  void hasARowForEveryStrategyAndNoOther() throws IOException {
    List<String> rows =
        Pattern.compile("(?m)^\\| `(\\w+)` \\| (early|late) \\|")
            .matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            POLICIES.names().stream()
                .map(name -> name + " " + binding(POLICIES.create(name)))
                .toList());
  }

  @Test
  void explainsEveryFlagAboutOrderAndPlacement() throws IOException {
    String help = CommandLineRun.of("scheduler", "--help").out();
    String groups = help.substring(help.indexOf("How tasks are ordered and placed"));
    Matcher flags = Pattern.compile("(?m)^ +(--[a-z\\[\\]-]+)").matcher(groups);
    List<String> names = flags.results().map(flag -> flag.group(1)).toList();
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(Files.readString(PAGE)).contains(names.stream().map(n -> "`" + n + "`").toList());
  }

  @Test
  void showsAStrategyThatCompilesAndIsFound() throws IOException {
    String source = example();
    Path file = directory.resolve("com/example/ShortPrompts.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                file.toString());
    assertThat(code).isZero();
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(Policy.class.getName()), "com.example.ShortPrompts\n");
    try (URLClassLoader jar = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      assertThat(ServiceLoader.load(Policy.class, jar))
          .extracting(Policy::name)
          .containsExactly("short_prompts");
    }
  }

  private static String example() throws IOException {
    Matcher block =
        Pattern.compile("```java\\n(package .*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String binding(Policy policy) {
    return policy.binding().name().toLowerCase(Locale.ROOT);
  }
}
