/// Servers under load, each in its protocol: what a request looks like, and when its pieces, its
/// end or its failure came, by the monotonic clock at the moment they were read.
@NullMarked
package io.swarmpilot.benchmark.protocol;

import org.jspecify.annotations.NullMarked;
