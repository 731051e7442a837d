package io.swarmpilot.launcher.lab;

import com.google.common.base.Strings;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.report.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows for people: numbers aligned to the right.
final class TextTable {
  private TextTable() {}

  static List<String> of(List<Row> rows, List<Columns> columns) {
    List<List<String>> cells = new ArrayList<>();
    List<String> headings = new ArrayList<>(List.of("STRATEGY", "LOAD"));
    columns.forEach(column -> headings.add(column.heading().toUpperCase(Locale.ROOT)));
    cells.add(headings);
    for (Row row : rows) {
      String name = row.reference() ? "(" + row.policy() + ")" : row.policy();
      List<String> line = new ArrayList<>(List.of(name, Double.toString(row.load())));
      columns.forEach(column -> line.add(column.text(row)));
      cells.add(line);
    }
    return cells.stream().map(line -> aligned(line, cells)).toList();
  }

  private static String aligned(List<String> line, List<List<String>> all) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      int column = i;
      int width = all.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
      String cell = line.get(i);
      text.append(
          i == 0 ? Strings.padEnd(cell, width, ' ') : "  " + Strings.padStart(cell, width, ' '));
    }
    return text.toString();
  }
}
