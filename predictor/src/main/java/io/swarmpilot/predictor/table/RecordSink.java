package io.swarmpilot.predictor.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Collects the records of a table: keeps the well-formed ones, counts the others.
final class RecordSink {
  private final List<TableRecord> records = new ArrayList<>();
  private final int maxRecords;
  private int skipped;

  RecordSink(int maxRecords) {
    this.maxRecords = maxRecords;
  }

  /// Takes the record that `reading` returns, or counts it when reading throws
  /// [IllegalArgumentException].
  ///
  /// @throws TableException when there are more records than a table may have
  void add(Supplier<TableRecord> reading) throws TableException {
    if (records.size() + skipped == maxRecords) {
      throw new TableException("it has more than " + maxRecords + " records");
    }
    try {
      records.add(reading.get());
    } catch (IllegalArgumentException e) {
      // What is wrong with one record does not take the others down; the count is reported.
      skipped++;
    }
  }

  /// What was collected.
  LookupTable table() {
    return LookupTable.of(records, skipped);
  }
}
