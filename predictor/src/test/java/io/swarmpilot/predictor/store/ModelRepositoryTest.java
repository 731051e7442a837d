package io.swarmpilot.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRepositoryTest {
  private static final ModelIdentity CHAT =
      new ModelIdentity("chat", "a/../b", "A100", "vllm", "0.2.0");

  @TempDir private Path home;

  @Test
  void servesAfterARestartWhatItServedBefore() throws IOException {
    ModelRepository before = open();
    publish(before, 3);
    before.restore(CHAT, 2);

    ModelRepository after = open();

    assertThat(after.active(CHAT)).isEqualTo(before.active(CHAT));
    assertThat(after.active(CHAT)).map(StoredModel::version).contains(2);
    assertThat(after.refusals()).isEmpty();
    assertThat(publish(after, 1).version()).isEqualTo(4);
  }

  @Test
  void keepsTheLastEightVersions() throws IOException {
    ModelRepository repository = open();
    publish(repository, 11);

    assertThat(repository.versions(CHAT))
        .extracting(ModelHeader::version)
        .containsExactly(11, 10, 9, 8, 7, 6, 5, 4);
    assertThatIOException()
        .isThrownBy(() -> repository.restore(CHAT, 3))
        .withMessage("there is no version 3");
    assertThat(repository.active(CHAT)).map(StoredModel::version).contains(11);
  }

  @Test
  void isLeftAsItWasByAProcessThatDiedInTheMiddle() throws IOException {
    publish(open(), 2);
    // What it leaves before the move, and between the move and the new pointer.
    Files.write(directory().resolve(".1b3c.unfinished"), new byte[100]);
    Files.copy(file(2), directory().resolve(".2d4e.unfinished"));
    Path next = home.resolve("elsewhere");
    publish(ModelRepository.open(next, FixedModel.CODEC, () -> 1), 3);
    Files.copy(next.resolve(directory().getFileName()).resolve("v000003.model"), file(3));

    ModelRepository repository = open();

    assertThat(repository.active(CHAT)).map(StoredModel::version).contains(2);
    assertThat(repository.refusals()).isEmpty();
    try (Stream<Path> left = Files.list(directory())) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("active", "v000001.model", "v000002.model", "v000003.model");
    }
  }

  @Test
  void servesTheNextOlderGoodVersionInPlaceOfADamagedOne() throws IOException {
    publish(open(), 4);
    byte[] garbled = Files.readAllBytes(file(4));
    garbled[garbled.length / 2] ^= 1;
    Files.write(file(4), garbled);
    Files.write(file(3), Arrays.copyOf(Files.readAllBytes(file(3)), 50));

    ModelRepository repository = open();

    assertThat(repository.active(CHAT)).map(StoredModel::version).contains(2);
    assertThat(repository.refusals())
        .extracting(Refusal::message)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("v000004.model is not used")
                    .endsWith("damaged: its checksum does not fit"),
            second -> assertThat(second).contains("v000003.model is not used: it has 50 bytes"));
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> repository.restore(CHAT, 4))
        .withMessageStartingWith("v000004.model cannot be used: it is damaged");
    assertThat(publish(repository, 1).version()).isEqualTo(5);
  }

  @Test
  void servesANewerGoodVersionWhenThereIsNoOlderOne() throws IOException {
    ModelRepository before = open();
    publish(before, 3);
    before.restore(CHAT, 1);
    Files.write(file(1), new byte[] {1, 2, 3});

    assertThat(open().active(CHAT)).map(StoredModel::version).contains(3);
  }

  @Test
  void takesTheNewestVersionWhenThePointerIsUnreadable() throws IOException {
    ModelRepository before = open();
    publish(before, 3);
    before.restore(CHAT, 1);
    Files.writeString(directory().resolve("active"), "one\n");

    assertThat(open().active(CHAT)).map(StoredModel::version).contains(3);
  }

  @Test
  void refusesAFileOfAnotherModel() throws IOException {
    publish(open(), 1);
    Path foreign = home.resolve("models").resolve("chat__any__any__any-any");
    Files.createDirectories(foreign);
    Files.copy(file(1), foreign.resolve("v000001.model"));

    ModelRepository repository = open();

    assertThat(repository.active()).extracting(StoredModel::identity).containsExactly(CHAT);
    assertThat(repository.refusals())
        .singleElement()
        .satisfies(refusal -> {
          assertThat(refusal.modelKey()).isEqualTo("chat__any__any__any-any");
          assertThat(refusal.message()).endsWith("it belongs to another model or version");
        });
  }

  @Test
  void keepsTheOldModelInForceWhenANewOneCannotBeKept() throws IOException {
    ModelRepository repository = open();
    publish(repository, 1);
    // A directory in the way of the pointer's place fails the last step of saving.
    Files.delete(directory().resolve("active"));
    Files.createDirectories(directory().resolve("active").resolve("in-the-way"));

    assertThatIOException().isThrownBy(() -> publish(repository, 1));

    assertThat(repository.active(CHAT)).map(StoredModel::version).contains(1);
    assertThat(file(2)).doesNotExist();
  }

  @Test
  void keepsNoMoreThanAThousandModels() throws IOException {
    ModelRepository repository = new ModelRepository(() -> 1);
    for (int i = 0; i < 1_000; i++) {
      repository.publish(ModelIdentity.ofType("type-" + i), new FixedModel(i, 10), Origin.LIVE);
    }

    assertThatIOException()
        .isThrownBy(() -> publish(repository, 1))
        .withMessage("no more than 1000 models are kept");
    repository.publish(ModelIdentity.ofType("type-0"), new FixedModel(0, 10), Origin.LIVE);
    assertThat(repository.active()).hasSize(1_000);
  }

  @Test
  void tellsOfEveryVersionThatComesIntoForceInOrder() throws IOException {
    ModelRepository repository = open();
    List<Integer> told = new ArrayList<>();
    repository.onChange(stored -> told.add(stored.version()));
    publish(repository, 2);
    repository.restore(CHAT, 1);

    assertThat(told).containsExactly(1, 2, 1);
  }

  @Test
  void findsTheModelThatSuitsBest() throws IOException {
    ModelRepository repository = new ModelRepository(() -> 1);
    ModelIdentity typeOnly = ModelIdentity.ofType("chat");
    ModelIdentity slow = new ModelIdentity("chat", "", "T4", "", "");
    ModelIdentity fast = new ModelIdentity("chat", "", "A100", "", "");
    repository.publish(typeOnly, new FixedModel(1, 10), Origin.LIVE);
    repository.publish(slow, new FixedModel(2, 500), Origin.LIVE);
    repository.publish(fast, new FixedModel(3, 20), Origin.LIVE);

    assertThat(best(repository, "chat", "A100")).isEqualTo(fast);
    assertThat(best(repository, "chat", "H100")).isEqualTo(typeOnly);
    assertThat(best(repository, "chat", "")).isEqualTo(typeOnly);
    assertThat(repository.best(ModelIdentity.ofType("image"))).isEmpty();
    assertThat(repository.best(new ModelIdentity("chat", "x", "", "", "")))
        .map(StoredModel::identity)
        .contains(slow);
  }

  private static ModelIdentity best(ModelRepository repository, String type, String hardware) {
    return repository
        .best(new ModelIdentity(type, "", hardware, "", ""))
        .map(StoredModel::identity)
        .orElseThrow();
  }

  private ModelRepository open() {
    return ModelRepository.open(home.resolve("models"), FixedModel.CODEC, () -> 1_000.5);
  }

  private static StoredModel publish(ModelRepository repository, int times) throws IOException {
    StoredModel last = null;
    for (int i = 0; i < times; i++) {
      last = repository.publish(CHAT, new FixedModel(i, 10 + i), Origin.REQUEST);
    }
    return Objects.requireNonNull(last);
  }

  private Path directory() {
    return home.resolve("models").resolve(ModelKey.of(CHAT).fileName());
  }

  private Path file(int version) {
    return directory().resolve("v%06d.model".formatted(version));
  }
}
