package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.table.LookupTable;
import io.swarmpilot.predictor.table.TableException;
import io.swarmpilot.predictor.table.TableStore;
import java.util.Optional;

/// Which lookup table a request is answered with.
///
/// @param tableOnly whether nothing but a table may answer
/// @param name name of the table; empty for the default one
record TableChoice(boolean tableOnly, String name) {
  /// The default table, beside the other sources.
  static final TableChoice DEFAULT = new TableChoice(false, "");

  /// The table; empty only when none was asked for and there is no default one.
  ///
  /// @throws TableException when a table that was asked for cannot be used
  Optional<LookupTable> from(TableStore tables) throws TableException {
    if (!name.isEmpty()) {
      return Optional.of(tables.named(name));
    }
    return tableOnly ? Optional.of(tables.byDefault()) : tables.defaultIfLoaded();
  }
}
