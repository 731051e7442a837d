package io.swarmpilot.launcher.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands tests one [WholeMesh], started for the first that asks and stopped after the last.
final class SharedMesh implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedMesh.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == WholeMesh.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(WholeMesh.class, _ -> start(), WholeMesh.class);
  }

  private static WholeMesh start() {
    try {
      Path target = Path.of("target").toAbsolutePath();
      return WholeMesh.start(Files.createTempDirectory(target, "interop"));
    } catch (IOException e) {
      throw new AssertionError("the mesh could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the mesh was starting", e);
    }
  }
}
