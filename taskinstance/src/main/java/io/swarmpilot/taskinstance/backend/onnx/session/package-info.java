/// ONNX Runtime as the models here use it: how sessions are set up, shared and stopped.
@NullMarked
package io.swarmpilot.taskinstance.backend.onnx.session;

import org.jspecify.annotations.NullMarked;
