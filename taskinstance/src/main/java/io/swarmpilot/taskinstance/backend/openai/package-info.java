/// Servers that speak OpenAI's interface: vLLM, SGLang, llama.cpp, hosted services.
@NullMarked
package io.swarmpilot.taskinstance.backend.openai;

import org.jspecify.annotations.NullMarked;
