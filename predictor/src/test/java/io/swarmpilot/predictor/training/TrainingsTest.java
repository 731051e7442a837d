package io.swarmpilot.predictor.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.store.LearnedModelCodec;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.store.StoredModel;
import io.swarmpilot.predictor.training.TrainingOutcome.Refused;
import io.swarmpilot.predictor.training.TrainingOutcome.Trained;
import io.swarmpilot.runtime.time.MeshClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TrainingsTest {
  private static final TrainingWatch NOBODY =
      new TrainingWatch() {
        @Override
        public void at(String phase, long done, long total) {}

        @Override
        public void requireWanted() {}
      };

  @TempDir private Path home;

  private final ThreadPoolExecutor learning =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(3));
  private final ModelRepository models = new ModelRepository(() -> 1);

  @AfterEach
  void stop() {
    learning.shutdownNow();
  }

  @Test
  void putsANewVersionInForce() {
    Trained first = trained(config("\"samples\": " + rows(200)));
    Trained second = trained(config("\"features_list\": " + rows(30)));

    assertThat(first.model().version()).isEqualTo(1);
    assertThat(second.model().version()).isEqualTo(2);
    assertThat(models.active(new ModelIdentity("chat", "", "A100", "", "")))
        .contains(second.model());
    assertThat(first.model().model().rows()).isEqualTo(200);
    assertThat(first.quantiles()).containsExactly(0.1, 0.25, 0.5, 0.75, 0.9);
  }

  @Test
  void readsSamplesFromAnUploadedOrANamedFile() throws IOException {
    Files.createDirectories(home.resolve("march"));
    Files.writeString(home.resolve("march/traces.csv"), "x,duration_ms\n" + "5,7\n".repeat(20));

    assertThat(train(config(""), ByteString.copyFromUtf8(rows(12)))).isInstanceOf(Trained.class);
    assertThat(train(config("\"trace_file\": \"march/traces.csv\""), ByteString.EMPTY))
        .isInstanceOf(Trained.class);
  }

  @Test
  void tellsWhichSettingsMeanNothing() {
    Trained trained =
        trained(
            config(
                """
                "hidden_layers": [64, 32], "log_transform": false, "epochs": 20, "max_leaves": 8,
                "learning_rate": 0.2, "test_split": 0.25, "quantiles": [0.9, 0.5],
                "samples":\
                """
                    + rows(40)));

    assertThat(trained.ignored()).containsExactly("hidden_layers", "log_transform");
    assertThat(trained.quantiles()).containsExactly(0.5, 0.9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"samples\": [] | samples: at least 10 rows are needed, not 0",
        "\"samples\": [{\"x\": 1, \"runtime_ms\": 1}] | samples: at least 10 rows are needed, not 1",
        "\"samples\": {} | samples: must be an array of objects",
        "\"samples\": [], \"features_list\": [] | features_list: cannot be given beside samples",
        "\"samples\": [{\"runtime_ms\": -1}, {\"runtime_ms\": 0}, {\"x\": 1}, {\"runtime_ms\": \"1\"}, {\"runtime_ms\": 1e13}]"
            + " | samples[0].runtime_ms: must be > 0; samples[1].runtime_ms: must be > 0;"
            + " samples[2]: needs runtime_ms or duration_ms;"
            + " samples[3].runtime_ms: must be a finite number; samples[4].runtime_ms: must be at most 1e12",
        "\"samples\": [{\"runtime_ms\": 1e999}, {\"x\": 1e999, \"runtime_ms\": 1}]"
            + " | samples[0].runtime_ms: must be a finite number; samples[1].x: must be a finite number",
        "\"samples\": [{\"runtime_ms\": 12, \"duration_ms\": 12000}]"
            + " | samples[0]: runtime_ms is 12.0 and duration_ms is 12000.0: both are the time in ms",
        "\"trace_file\": \"absent.json\" | trace_file: there is no file absent.json in the trace directory",
        "\"trace_file\": \"../secret\" | trace_file: must be the name of a file in the trace directory",
        "\"trace_file\": \"/etc/passwd\" | trace_file: must be the name of a file in the trace directory",
        "\"trace_file\": \"%2e%2e/x\" | trace_file: must be the name of a file in the trace directory",
        "\"x\": 1 | samples: Field required; features_list, trace_file or an uploaded file will do as well",
        "\"samples\": [], \"trace_file\": \"a\""
            + " | samples: give samples, features_list, trace_file or an uploaded file, only one of them",
        "\"epochs\": 0 | epochs: must be a whole number between 1 and 2000",
        "\"epochs\": 1.5 | epochs: must be a whole number between 1 and 2000",
        "\"max_leaves\": \"many\" | max_leaves: must be a whole number between 2 and 256",
        "\"test_split\": 0.9 | test_split: must be a number between 0.05 and 0.5",
        "\"learning_rate\": 0 | learning_rate: must be a number between 1.0E-6 and 1.0",
        "\"log_transform\": 1 | log_transform: must be true or false",
        "\"quantiles\": 0.5 | quantiles: must be an array of numbers",
        "\"quantiles\": [0.5, 0.123] | quantiles[1]: must be one of 0.01, 0.025, 0.05, 0.1, 0.2, 0.25,"
            + " 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99",
        "\"model_name\": [1] | model_name: must be a text",
        "\"model_name\": \"\\ud800\" | model_name: must be well-formed Unicode",
      })
  void saysWhatIsWrongAndLeavesTheOldModelInForce(String members, String message) {
    StoredModel before = trained(config("\"samples\": " + rows(20))).model();

    assertThat(train(config(members), ByteString.EMPTY)).isEqualTo(new Refused(message));

    assertThat(models.active()).containsExactly(before);
  }

  @Test
  void needsTheTypeOfTheModel() {
    assertThat(train("{\"samples\": " + rows(20) + "}", ByteString.EMPTY))
        .isEqualTo(new Refused("model_type: Field required"));
  }

  @Test
  void refusesRowsOfMixedUnits() {
    String mixed =
        IntStream.range(0, 40)
            .mapToObj(i ->
                i % 2 == 0
                    ? "{\"x\": %d, \"runtime_ms\": %d}".formatted(i, 1_000 + i)
                    : "{\"x\": %d, \"duration_ms\": %s}".formatted(i, 1 + i / 1_000.0))
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(train(config("\"samples\": " + mixed), ByteString.EMPTY))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).startsWith("samples: mixed units: "));
  }

  @Test
  void learnsFromConstantFeatures() {
    String constant = "{\"x\": 1, \"runtime_ms\": 5},".repeat(300);
    Trained trained =
        trained(config("\"samples\": [" + constant.substring(0, constant.length() - 1) + "]"));

    assertThat(trained.model().model().rows()).isEqualTo(300);
  }

  @Test
  void refusesASecondTrainingOfOneModelAndAFourthOfAny() {
    Trainings trainings = trainings();
    Held held = new Held();
    CompletableFuture<TrainingOutcome> first = start(trainings, "a", held);
    held.await();

    assertThat(start(trainings, "a", NOBODY).join())
        .isEqualTo(new Refused("a__any__any__any-any is being trained already"));

    CompletableFuture<TrainingOutcome> second = start(trainings, "b", NOBODY);
    CompletableFuture<TrainingOutcome> third = start(trainings, "c", NOBODY);
    while (learning.getQueue().size() < 2) {
      Thread.onSpinWait();
    }
    assertThat(start(trainings, "d", NOBODY).join())
        .isEqualTo(new Refused("busy: 3 trainings are under way; try again later"));

    held.release();
    assertThat(List.of(first.join(), second.join(), third.join()))
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Trained.class));
    assertThat(start(trainings, "d", NOBODY).join()).isInstanceOf(Trained.class);
  }

  @Test
  void endsWhenNobodyWantsItAnyMore() {
    TrainingWatch gone =
        new TrainingWatch() {
          private boolean learning;

          @Override
          public void at(String phase, long done, long total) {
            learning |= phase.equals("learning");
          }

          @Override
          public void requireWanted() {
            if (learning) {
              throw new IllegalStateException("gone");
            }
          }
        };
    Trainings trainings = trainings();

    assertThatIllegalStateException()
        .isThrownBy(() -> trainings.train(input("a", rows(500)), gone))
        .withMessage("gone");

    assertThat(models.active()).isEmpty();
    assertThat(trainings.train(input("a", rows(50)), NOBODY)).isInstanceOf(Trained.class);
  }

  @Test
  void givesItsPlaceUpWhenNobodyWantsItAnyMoreBeforeItHasBegun() {
    Trainings trainings = trainings();
    Held held = new Held();
    CompletableFuture<TrainingOutcome> first = start(trainings, "a", held);
    held.await();
    AtomicBoolean gone = new AtomicBoolean();
    CompletableFuture<TrainingOutcome> second =
        start(
            trainings,
            "b",
            new TrainingWatch() {
              @Override
              public void at(String phase, long done, long total) {}

              @Override
              public void requireWanted() {
                if (gone.get()) {
                  throw new IllegalStateException("gone");
                }
              }
            });
    while (learning.getQueue().isEmpty()) {
      Thread.onSpinWait();
    }
    gone.set(true);

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(second::join)
        .withStackTraceContaining("gone");

    CompletableFuture<TrainingOutcome> again = start(trainings, "b", NOBODY);
    while (learning.getQueue().size() < 2) {
      Thread.onSpinWait();
    }
    held.release();
    assertThat(first.join()).isInstanceOf(Trained.class);
    assertThat(again.join())
        .isInstanceOfSatisfying(
            Trained.class, trained -> assertThat(trained.model().version()).isEqualTo(1));
  }

  @Test
  void saysWhenAModelCannotBeKept() throws IOException {
    Path file = Files.writeString(home.resolve("models"), "in the way");
    ModelRepository unwritable = ModelRepository.open(file, new LearnedModelCodec(), () -> 1);
    Trainings trainings = new Trainings(unwritable, home, learning, MeshClock.system());

    assertThat(trainings.train(input("a", rows(20)), NOBODY))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).startsWith("the model cannot be kept: "));
    assertThat(unwritable.active()).isEmpty();
  }

  @Test
  void tellsHowFarItIs() {
    List<String> phases = new ArrayList<>();
    trainings()
        .train(
            input("a", rows(2_500)),
            new TrainingWatch() {
              @Override
              public void at(String phase, long done, long total) {
                if (phases.isEmpty() || !phases.getLast().equals(phase)) {
                  phases.add(phase);
                }
              }

              @Override
              public void requireWanted() {}
            });

    assertThat(phases).startsWith("reading", "learning").endsWith("saving");
  }

  private static CompletableFuture<TrainingOutcome> start(
      Trainings trainings, String type, TrainingWatch watch) {
    return CompletableFuture.supplyAsync(
        () -> trainings.train(input(type, rows(20)), watch),
        task -> Thread.ofVirtual().start(task));
  }

  private Trained trained(String config) {
    return (Trained) train(config, ByteString.EMPTY);
  }

  private TrainingOutcome train(String config, ByteString file) {
    return trainings().train(new TrainingInput(config, file), NOBODY);
  }

  private Trainings trainings() {
    return new Trainings(models, home, learning, MeshClock.system());
  }

  private static TrainingInput input(String type, String rows) {
    return new TrainingInput(
        "{\"model_type\": \"%s\", \"samples\": %s}".formatted(type, rows), ByteString.EMPTY);
  }

  private static String config(String members) {
    return "{\"model_type\": \"chat\", \"hardware\": \"A100\", \"model_name\": null%s}"
        .formatted(members.isEmpty() ? "" : ", " + members);
  }

  /// Times that grow with x, with some spread.
  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> "{\"x\": %d, \"runtime_ms\": %s}".formatted(i % 17, 10 + i % 17 * 3 + i % 5 * 0.5))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Holds a training back in the middle.
  private static final class Held implements TrainingWatch {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void at(String phase, long done, long total) {
      if (phase.equals("saving")) {
        reached.countDown();
        await(released);
      }
    }

    @Override
    public void requireWanted() {}

    void await() {
      await(reached);
    }

    void release() {
      released.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(30, TimeUnit.SECONDS)) {
          throw new AssertionError("nothing happened");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
