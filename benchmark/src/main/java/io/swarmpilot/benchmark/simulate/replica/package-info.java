/// Replicas in virtual time: they read prompts, generate in batches, and remember prefixes.
@NullMarked
package io.swarmpilot.benchmark.simulate.replica;

import org.jspecify.annotations.NullMarked;
