/// Sentence embeddings by ONNX Runtime inside the process.
@NullMarked
package io.swarmpilot.taskinstance.backend.onnx;

import org.jspecify.annotations.NullMarked;
