/// Tests of what is measured.
@NullMarked
package io.swarmpilot.benchmark.measure;

import org.jspecify.annotations.NullMarked;
