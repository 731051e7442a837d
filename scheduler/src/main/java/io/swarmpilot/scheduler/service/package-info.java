/// The gRPC edge: decodes and validates calls, encodes answers.
@NullMarked
package io.swarmpilot.scheduler.service;

import org.jspecify.annotations.NullMarked;
