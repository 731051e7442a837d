/// A server that speaks OpenAI's interface and Ollama's and whose truth is scripted: how long it
/// takes to the first piece, every gap, when it freezes, how much it can do at once, what fails.
@NullMarked
package io.swarmpilot.benchmark.mock;

import org.jspecify.annotations.NullMarked;
