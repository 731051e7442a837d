package io.swarmpilot.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.Laws;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.learn.TrainingProgress;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.proto.predictor.storage.v1.LearnedModel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LearnedModelCodecTest {
  private final LearnedModelCodec codec = new LearnedModelCodec();

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000})
  void aModelComesBackAsItWas(int samples) throws ModelFileException {
    TrainedModel model = train(samples);

    assertThat(codec.decode(codec.encode(model))).isEqualTo(model);
  }

  @Test
  void damagedBytesGiveAModelThatPredictsOrAreRefused() {
    byte[] good = codec.encode(train(500)).toByteArray();
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      try {
        TrainedModel model = codec.decode(ByteString.copyFrom(bad));
        assertThat(model.logQuantiles(Laws.tokens(random).features(), Lag.NONE)).hasSize(17);
      } catch (ModelFileException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aTreeThatGoesRoundInCirclesIsRefused() throws Exception {
    LearnedModel.Builder learned = LearnedModel.parseFrom(codec.encode(train(1_000))).toBuilder();
    learned.getBoostedBuilder().getLocationBuilder().setChildren(2, 0);
    ByteString bytes = learned.build().toByteString();

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aKindOfModelThatIsNotKnownIsRefused() {
    ByteString bytes = LearnedModel.newBuilder().setRows(10).build().toByteString();

    assertThatThrownBy(() -> codec.decode(bytes)).hasMessageContaining("unknown kind");
  }

  private static TrainedModel train(int samples) {
    return Learner.train(
        Laws.gears(samples, new SplittableRandom(samples)),
        TrainingSettings.DEFAULTS,
        TrainingProgress.NONE);
  }
}
