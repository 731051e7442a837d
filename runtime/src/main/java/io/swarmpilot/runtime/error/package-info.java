/// Typed failures and their one mapping to gRPC statuses.
@NullMarked
package io.swarmpilot.runtime.error;

import org.jspecify.annotations.NullMarked;
