package io.swarmpilot.benchmark.prompts.read;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.prompts.Prompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Prompts in a column of a CSV file.
final class CsvPrompts {
  private static final List<String> COLUMNS = List.of("prompt", "text", "question", "ctx");
  private static final ObjectReader ROWS =
      new CsvMapper().readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader());

  private CsvPrompts() {}

  static ImmutableList<Prompt> read(Path file) throws IOException {
    ImmutableList.Builder<Prompt> prompts = ImmutableList.builder();
    int row = 1;
    try (BufferedReader text = Files.newBufferedReader(file);
        MappingIterator<Map<String, String>> rows = ROWS.readValues(text)) {
      while (rows.hasNextValue() && row <= PromptFile.MOST_PROMPTS) {
        row++;
        prompts.add(Prompt.of(prompt(file, row, rows.nextValue())));
      }
    }
    return prompts.build();
  }

  private static String prompt(Path file, int row, Map<String, String> cells) {
    for (String column : COLUMNS) {
      String cell = cells.get(column);
      if (cell != null && !cell.isBlank()) {
        return cell;
      }
    }
    throw new PromptException(
        file + ", row " + row + ": nothing in a column prompt, text, question or ctx");
  }
}
