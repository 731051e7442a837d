/// Paths that no `google.api.http` rule can describe, each with its reason.
@NullMarked
package io.swarmpilot.gateway.special;

import org.jspecify.annotations.NullMarked;
