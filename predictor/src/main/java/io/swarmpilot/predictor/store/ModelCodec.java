package io.swarmpilot.predictor.store;

import com.google.protobuf.ByteString;
import io.swarmpilot.predictor.learn.TrainedModel;

/// Trained models as bytes: what is inside a model file.
public interface ModelCodec {
  /// The bytes of a model.
  ByteString encode(TrainedModel model);

  /// The model in these bytes, which may come from anywhere: decoding runs nothing and takes no
  /// more memory than a model of that size needs.
  ///
  /// @throws ModelFileException saying what is wrong with them
  TrainedModel decode(ByteString bytes) throws ModelFileException;
}
