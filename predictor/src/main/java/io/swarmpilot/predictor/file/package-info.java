/// Files that others name or that must not be left half-written.
@NullMarked
package io.swarmpilot.predictor.file;

import org.jspecify.annotations.NullMarked;
