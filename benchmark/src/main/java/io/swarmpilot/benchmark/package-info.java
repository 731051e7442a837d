/// The benchmark toolkit and the policy lab.
@NullMarked
package io.swarmpilot.benchmark;

import org.jspecify.annotations.NullMarked;
