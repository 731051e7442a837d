package io.swarmpilot.benchmark.mock;

import com.linecorp.armeria.common.MediaType;

/// How one interface puts answers. One answer each.
interface Form {
  /// Content type of a stream.
  MediaType streamType();

  /// A piece of output.
  String piece(int index);

  /// What follows the last piece of a stream.
  String end(Ask ask);

  /// An error in the middle of a stream.
  String errorInStream();

  /// The answer in one piece, JSON.
  String whole(Ask ask);
}
