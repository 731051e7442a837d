/// Experiments for programs and for people.
@NullMarked
package io.swarmpilot.benchmark.simulate.report;

import org.jspecify.annotations.NullMarked;
