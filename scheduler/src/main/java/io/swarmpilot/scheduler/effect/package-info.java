/// Runs the effects of decisions: shows readers, tells instances, answers callers.
@NullMarked
package io.swarmpilot.scheduler.effect;

import org.jspecify.annotations.NullMarked;
