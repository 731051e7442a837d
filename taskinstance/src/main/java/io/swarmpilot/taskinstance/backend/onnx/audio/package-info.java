/// Sound in requests, made into the samples a model takes.
@NullMarked
package io.swarmpilot.taskinstance.backend.onnx.audio;

import org.jspecify.annotations.NullMarked;
