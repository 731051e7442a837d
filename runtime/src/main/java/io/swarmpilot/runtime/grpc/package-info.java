/// Starting, draining and stopping gRPC servers, and the channels to them.
@NullMarked
package io.swarmpilot.runtime.grpc;

import org.jspecify.annotations.NullMarked;
