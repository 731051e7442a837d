/// Free-form JSON that passes through the mesh unchanged.
@NullMarked
package io.swarmpilot.runtime.json;

import org.jspecify.annotations.NullMarked;
