/// Drives the executors of several client nodes as one: all start or none, and what they measured
/// is added up.
@NullMarked
package io.swarmpilot.benchmark.controller;

import org.jspecify.annotations.NullMarked;
