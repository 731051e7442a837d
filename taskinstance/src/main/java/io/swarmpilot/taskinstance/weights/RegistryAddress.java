package io.swarmpilot.taskinstance.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The registry that a machine is set up to use.
public final class RegistryAddress {
  private static final List<String> VARIABLES =
      List.of("npm_config_registry", "NPM_CONFIG_REGISTRY");
  private static final long PATIENCE_SECONDS = 20;

  private RegistryAddress() {}

  /// The address in the environment, else in the `.npmrc` of the home directory, else the one that
  /// the machine's npm names.
  ///
  /// @throws InterruptedException when the thread is told to end while npm is asked
  public static Optional<String> find(Map<String, String> environment, Path home)
      throws InterruptedException {
    Optional<String> configured =
        VARIABLES.stream()
            .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
            .filter(value -> !value.isBlank())
            .findFirst()
            .or(() -> inFile(home.resolve(".npmrc")));
    return configured.isPresent() ? configured : askNpm();
  }

  private static Optional<String> inFile(Path settings) {
    try {
      return Files.readAllLines(settings).stream()
          .map(String::strip)
          .filter(line -> line.matches("registry\\s*=.*"))
          .map(line -> line.substring(line.indexOf('=') + 1).strip())
          .filter(value -> !value.isEmpty())
          .reduce((_, last) -> last);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> askNpm() throws InterruptedException {
    try {
      Process npm =
          new ProcessBuilder("npm", "config", "get", "registry")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        npm.getOutputStream().close();
        if (!npm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
          return Optional.empty();
        }
        String answer =
            new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return Optional.of(answer).filter(address -> address.startsWith("http"));
      } finally {
        npm.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
