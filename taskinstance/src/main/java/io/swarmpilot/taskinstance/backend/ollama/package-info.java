/// Ollama by its own interface, which tells how long each phase took.
@NullMarked
package io.swarmpilot.taskinstance.backend.ollama;

import org.jspecify.annotations.NullMarked;
