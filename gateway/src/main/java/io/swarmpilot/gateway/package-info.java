/// The edge of the mesh: REST, gRPC and gRPC-Web on one port per role, in front of gRPC services.
@NullMarked
package io.swarmpilot.gateway;

import org.jspecify.annotations.NullMarked;
