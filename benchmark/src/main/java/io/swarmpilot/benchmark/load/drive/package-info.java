/// Puts load on servers: keeps to schedules by the monotonic clock and writes down how every
/// request went.
@NullMarked
package io.swarmpilot.benchmark.load.drive;

import org.jspecify.annotations.NullMarked;
