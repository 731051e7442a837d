/// The mesh as foreign programs see it: grpcurl, generated Python stubs, and clients of the seeds.
@NullMarked
package io.swarmpilot.launcher.interop;

import org.jspecify.annotations.NullMarked;
