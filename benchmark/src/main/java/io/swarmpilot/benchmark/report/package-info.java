/// What was measured, for people and for programs: JSON, YAML, CSV, a table, a page with charts,
/// and the difference between two runs.
@NullMarked
package io.swarmpilot.benchmark.report;

import org.jspecify.annotations.NullMarked;
