/// JSON bytes to protobuf wire bytes and back, compiled from descriptors, without message objects.
@NullMarked
package io.swarmpilot.gateway.json;

import org.jspecify.annotations.NullMarked;
