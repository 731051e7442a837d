/// What models put out, from an engine through the whole mesh to a reader, while things break.
@NullMarked
package io.swarmpilot.launcher.stream;

import org.jspecify.annotations.NullMarked;
