/// What requests ask: seeded synthetic texts, and what files held. Pure; files are read by
/// `prompts.read`.
@NullMarked
package io.swarmpilot.benchmark.prompts;

import org.jspecify.annotations.NullMarked;
