/// Time as a value that can be passed in.
@NullMarked
package io.swarmpilot.runtime.time;

import org.jspecify.annotations.NullMarked;
