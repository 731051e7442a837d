/// What every server of the mesh shares.
@NullMarked
package io.swarmpilot.runtime;

import org.jspecify.annotations.NullMarked;
