/// What was measured: durations as mergeable histograms of bounded size, counts, goodput, and how
/// sure a figure is. Pure: nothing here knows a clock, a thread or a server.
@NullMarked
package io.swarmpilot.benchmark.measure;

import org.jspecify.annotations.NullMarked;
