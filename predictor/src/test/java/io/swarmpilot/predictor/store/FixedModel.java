package io.swarmpilot.predictor.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.learn.HeldOut;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.Stage;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.model.Grids;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A model that predicts one time, whatever the task.
record FixedModel(double logTime, int rows) implements TrainedModel {
  static final HeldOut HELD_OUT =
      new HeldOut(
          7, ImmutableMap.of(0.1, 1.5, 0.9, 2.5), ImmutableMap.of(0.8, 0.79), 3.5, Double.NaN, 40);

  /// Writes its two numbers.
  static final ModelCodec CODEC =
      new ModelCodec() {
        @Override
        public ByteString encode(TrainedModel model) {
          FixedModel fixed = (FixedModel) model;
          ByteBuffer bytes = ByteBuffer.allocate(12);
          return ByteString.copyFrom(bytes.putDouble(fixed.logTime).putInt(fixed.rows).flip());
        }

        @Override
        public TrainedModel decode(ByteString bytes) throws ModelFileException {
          if (bytes.size() != 12) {
            throw new ModelFileException("it holds no fixed model");
          }
          ByteBuffer numbers = bytes.asReadOnlyByteBuffer();
          return new FixedModel(numbers.getDouble(), numbers.getInt());
        }
      };

  @Override
  public Stage stage() {
    return Stage.LINEAR;
  }

  @Override
  public ImmutableList<String> featureNames() {
    return ImmutableList.of("input_tokens");
  }

  @Override
  public HeldOut heldOut() {
    return HELD_OUT;
  }

  @Override
  public double[] logQuantiles(Features features, Lag lag) {
    double[] quantiles = new double[Grids.fine().length];
    Arrays.fill(quantiles, logTime);
    return quantiles;
  }

  @Override
  public double demand(Features features) {
    return logTime;
  }

  @Override
  public double familiarity(Features features) {
    return 1;
  }
}
