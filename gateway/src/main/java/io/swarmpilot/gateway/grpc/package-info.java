/// Native gRPC and gRPC-Web: calls piped to their service as bytes, health of all of them.
@NullMarked
package io.swarmpilot.gateway.grpc;

import org.jspecify.annotations.NullMarked;
