/// Speech to text: an encoder over the sound, and a decoder that yields one token at a time.
@NullMarked
package io.swarmpilot.taskinstance.backend.onnx.speech;

import org.jspecify.annotations.NullMarked;
