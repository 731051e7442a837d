/// Lookup tables: files of measured or predicted distributions, and how they are matched.
@NullMarked
package io.swarmpilot.predictor.table;

import org.jspecify.annotations.NullMarked;
