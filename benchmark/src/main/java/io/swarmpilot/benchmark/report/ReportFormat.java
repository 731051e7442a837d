package io.swarmpilot.benchmark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// The forms a report is written in.
public enum ReportFormat {
  /// Everything, histograms included; can be read again.
  JSON(ReportFormat::json),
  /// The same as YAML.
  YAML(ReportFormat::yaml),
  /// A row for each run.
  CSV(CsvReport::of),
  /// One page with charts that needs nothing else.
  HTML(HtmlPage::of);

  @SuppressWarnings("ImmutableEnumChecker") // Only references to methods are passed in above.
  private final Function<RunReport, String> writer;

  ReportFormat(Function<RunReport, String> writer) {
    this.writer = writer;
  }

  /// The format of a name such as "html".
  ///
  /// @throws IllegalArgumentException naming all, when there is none
  public static ReportFormat parse(String name) {
    return Arrays.stream(values())
        .filter(format -> format.extension().equals(Ascii.toLowerCase(name)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no format '%s'; there are %s"
                    .formatted(
                        name,
                        Arrays.stream(values())
                            .map(ReportFormat::extension)
                            .collect(Collectors.joining(", ")))));
  }

  /// What the names of such files end with, without the dot.
  public String extension() {
    return Ascii.toLowerCase(name());
  }

  /// The text of such a file.
  public String text(RunReport report) {
    return writer.apply(report);
  }

  private static String json(RunReport report) {
    try {
      return ReportTree.MAPPER
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(ReportTree.of(report))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is always JSON", e);
    }
  }

  private static String yaml(RunReport report) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    // By way of its text: binary nodes become the base64 that they are in JSON.
    return new Yaml(options).dump(new Yaml().<Map<String, Object>>load(json(report)));
  }
}
