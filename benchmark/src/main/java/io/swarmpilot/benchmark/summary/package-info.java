/// What was measured, as JSON and as lines for people.
@NullMarked
package io.swarmpilot.benchmark.summary;

import org.jspecify.annotations.NullMarked;
