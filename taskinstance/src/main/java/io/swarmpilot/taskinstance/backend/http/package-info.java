/// Engines that are servers of their own, reached over HTTP: the request, its answer as it comes,
/// its end by cancellation or time, and its failures.
@NullMarked
package io.swarmpilot.taskinstance.backend.http;

import org.jspecify.annotations.NullMarked;
