/// Which services can be benchmarked, by name.
@NullMarked
package io.swarmpilot.benchmark.service;

import org.jspecify.annotations.NullMarked;
