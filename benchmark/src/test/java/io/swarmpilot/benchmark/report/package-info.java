/// What is written about a measurement.
@NullMarked
package io.swarmpilot.benchmark.report;

import org.jspecify.annotations.NullMarked;
