/// Reads prompts from local files: JSON lines, CSV, ShareGPT's conversations, HellaSwag's contexts,
/// plain lines, traces of lengths.
@NullMarked
package io.swarmpilot.benchmark.prompts.read;

import org.jspecify.annotations.NullMarked;
