package io.swarmpilot.predictor.store;

import io.swarmpilot.predictor.file.AtomicFile;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps versions on disk: a directory for each model, called by its key, in it a file for each
/// version and a file `active` that holds the number of the one in force.
///
/// The file of a version is complete before `active` names it, so that whatever ends the process,
/// the version before or the new one is in force, never half of one.
final class ModelDirectory implements ModelArchive {
  private static final Logger log = LoggerFactory.getLogger(ModelDirectory.class);
  private static final Pattern VERSION_FILE = Pattern.compile("v([0-9]{6,9})\\.model");
  private static final String ACTIVE = "active";
  private static final int MAX_POINTER_LENGTH = 16;

  private final Path root;
  private final ModelFile format;

  ModelDirectory(Path root, ModelCodec codec) {
    this.root = root;
    this.format = new ModelFile(codec);
  }

  @Override
  public Contents load() {
    List<StoredModel> active = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path directory : directories) {
        load(directory, active, refusals);
      }
    } catch (NoSuchFileException e) {
      // Nothing was ever kept.
      return new Contents(active, refusals);
    } catch (IOException | DirectoryIteratorException e) {
      refuse(root, root, "cannot be read: " + e, refusals);
    }
    return new Contents(active, refusals);
  }

  private static void refuse(Path directory, Path file, String reason, List<Refusal> refusals) {
    String message = "Model file " + file + " is not used: " + reason;
    log.warn("{}", message);
    String key = String.valueOf(directory.getFileName()).replace('~', '%');
    refusals.add(new Refusal(key, message));
  }

  /// Takes the version in force; when it cannot be used the next older one that can, and when there
  /// is none the newest one that can.
  private void load(Path directory, List<StoredModel> active, List<Refusal> refusals)
      throws IOException {
    AtomicFile.removeUnfinished(directory);
    NavigableSet<Integer> versions = versionsIn(directory);
    int pointer = pointer(directory);
    List<Integer> candidates = new ArrayList<>(versions.headSet(pointer, true).descendingSet());
    candidates.addAll(versions.tailSet(pointer, false).descendingSet());
    for (int version : candidates) {
      Path file = file(directory, version);
      try {
        active.add(read(file, directory, version));
        return;
      } catch (IOException e) {
        refuse(directory, file, reason(e), refusals);
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof ModelFileException known ? known.message() : e.toString();
  }

  /// The version that is marked as in force; the largest number when none is.
  private static int pointer(Path directory) {
    Path pointer = directory.resolve(ACTIVE);
    try {
      return Files.size(pointer) > MAX_POINTER_LENGTH
          ? Integer.MAX_VALUE
          : Integer.parseInt(Files.readString(pointer).strip());
    } catch (IOException | NumberFormatException e) {
      // Whatever happened to it, the newest version is the best guess.
      return Integer.MAX_VALUE;
    }
  }

  @Override
  public int newest(ModelIdentity identity) throws IOException {
    NavigableSet<Integer> versions = versionsIn(directory(identity));
    return versions.isEmpty() ? 0 : versions.last();
  }

  @Override
  public void save(StoredModel stored) throws IOException {
    AtomicFile.makeDirectory(root);
    Path directory = directory(stored.identity());
    AtomicFile.makeDirectory(directory);
    Path file = file(directory, stored.version());
    AtomicFile.write(file, out -> format.write(stored, out));
    try {
      activate(stored.identity(), stored.version());
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    letGo(directory);
  }

  /// What cannot be removed now is removed after the next save.
  private static void letGo(Path directory) {
    try {
      List<Integer> newestFirst = List.copyOf(versionsIn(directory).descendingSet());
      for (int i = KEPT_VERSIONS; i < newestFirst.size(); i++) {
        Files.deleteIfExists(file(directory, newestFirst.get(i)));
      }
    } catch (IOException e) {
      log.warn("old versions in {} cannot be removed: {}", directory, e.toString());
    }
  }

  @Override
  public void activate(ModelIdentity identity, int version) throws IOException {
    byte[] number = (version + "\n").getBytes(StandardCharsets.US_ASCII);
    AtomicFile.write(directory(identity).resolve(ACTIVE), out -> out.write(number));
  }

  @Override
  public StoredModel read(ModelIdentity identity, int version) throws IOException {
    Path directory = directory(identity);
    Path file = file(directory, version);
    try {
      return read(file, directory, version);
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no version " + version);
    } catch (ModelFileException e) {
      throw new ModelFileException(file.getFileName() + " cannot be used: " + e.message());
    }
  }

  private StoredModel read(Path file, Path directory, int version) throws IOException {
    StoredModel stored = format.read(file);
    if (stored.version() != version || !directory.equals(directory(stored.identity()))) {
      throw new ModelFileException("it belongs to another model or version");
    }
    return stored;
  }

  @Override
  public List<ModelHeader> versions(ModelIdentity identity) throws IOException {
    Path directory = directory(identity);
    List<ModelHeader> headers = new ArrayList<>();
    for (int version : versionsIn(directory).descendingSet()) {
      try {
        headers.add(ModelFile.readHeader(file(directory, version)));
      } catch (IOException e) {
        log.debug("version {} in {} is not listed: {}", version, directory, e.toString());
      }
    }
    return headers;
  }

  private static NavigableSet<Integer> versionsIn(Path directory) throws IOException {
    NavigableSet<Integer> versions = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Matcher matcher = VERSION_FILE.matcher(String.valueOf(file.getFileName()));
        if (matcher.matches()) {
          versions.add(Integer.valueOf(matcher.group(1)));
        }
      }
    } catch (NoSuchFileException e) {
      return Collections.emptyNavigableSet();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return versions;
  }

  private Path directory(ModelIdentity identity) {
    return root.resolve(ModelKey.of(identity).fileName());
  }

  private static Path file(Path directory, int version) {
    return directory.resolve("v%06d.model".formatted(version));
  }
}
