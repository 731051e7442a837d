/// The batch form of the policies, as the seeds have it: a list of requests and a list of instances
/// in, decisions out.
@NullMarked
package io.swarmpilot.scheduler.batch;

import org.jspecify.annotations.NullMarked;
