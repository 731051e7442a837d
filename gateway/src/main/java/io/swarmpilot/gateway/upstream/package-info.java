/// Calls to the services behind the gateway, whose messages stay bytes.
@NullMarked
package io.swarmpilot.gateway.upstream;

import org.jspecify.annotations.NullMarked;
