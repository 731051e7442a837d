package io.swarmpilot.predictor.table;

/// How much lookup tables may take.
///
/// @param tables most tables held in memory
/// @param bytes largest table, bytes after decompression
/// @param records most records held in memory, over all tables and in any one
public record TableLimits(int tables, long bytes, int records) {}
