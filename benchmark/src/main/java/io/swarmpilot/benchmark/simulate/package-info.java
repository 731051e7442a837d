/// The policy lab: experiments on traces in virtual time, with the production scheduler.
@NullMarked
package io.swarmpilot.benchmark.simulate;

import org.jspecify.annotations.NullMarked;
