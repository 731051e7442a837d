package io.swarmpilot.benchmark.simulate.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.simulate.plan.Advice;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Plans for programs and for people.
public final class PlanReport {
  private static final List<String> HEADINGS =
      List.of("STRATEGY", "REPLICAS", "95 %", "LOAD", "95 %", "TASKS/S", "ATTAINED", "PER 1,000");

  private PlanReport() {}

  /// Aligned lines.
  public static List<String> lines(List<Advice> plans) {
    List<List<String>> table = new ArrayList<>(List.of(HEADINGS));
    plans.forEach(plan -> table.add(cells(plan)));
    return table.stream().map(line -> aligned(line, table)).toList();
  }

  /// `{"plans": [{"policy": …, "found": …, "replicas": …, …}], "setup": {…}}`.
  public static String json(List<Advice> plans, ImmutableMap<String, String> setup) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("plans");
      for (Advice plan : plans) {
        write(json, plan);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("setup");
      for (Map.Entry<String, String> entry : setup.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// A page that needs nothing else.
  public static String html(List<Advice> plans, ImmutableMap<String, String> setup) {
    StringBuilder page = new StringBuilder(HtmlReport.HEAD).append("<p>");
    setup.forEach((name, value) ->
        page.append(HtmlReport.escaped(name))
            .append(": <b>")
            .append(HtmlReport.escaped(value))
            .append("</b> · "));
    page.append("</p>\n<table>").append(row("th", HEADINGS));
    plans.forEach(plan -> page.append(row("td", cells(plan))));
    return page.append("</table>\n</body></html>\n").toString();
  }

  private static String row(String cell, List<String> texts) {
    StringBuilder row = new StringBuilder("<tr>");
    texts.forEach(
        text -> row.append('<').append(cell).append('>').append(HtmlReport.escaped(text)));
    return row.append("</tr>\n").toString();
  }

  private static List<String> cells(Advice plan) {
    if (!plan.found()) {
      return List.of(plan.policy(), "none", "-", "-", "-", "-", "-", "-");
    }
    return List.of(
        plan.policy(),
        Integer.toString(plan.replicas()),
        plan.fewest() + " to " + plan.most(),
        number(plan.load(), 3),
        number(plan.lowest(), 3) + " to " + number(plan.highest(), 3),
        number(plan.ratePerS(), 3),
        number(plan.attained(), 4),
        number(plan.costPer1000(), 2));
  }

  private static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "-";
  }

  private static String aligned(List<String> line, List<List<String>> all) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      int column = i;
      int width = all.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
      text.append(
          i == 0
              ? Strings.padEnd(line.get(i), width, ' ')
              : "  " + Strings.padStart(line.get(i), width, ' '));
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Advice plan) throws IOException {
    json.writeStartObject();
    json.writeStringField("policy", plan.policy());
    json.writeBooleanField("found", plan.found());
    json.writeNumberField("replicas", plan.replicas());
    json.writeNumberField("replicas_fewest", plan.fewest());
    json.writeNumberField("replicas_most", plan.most());
    number(json, "load", plan.load());
    number(json, "load_lowest", plan.lowest());
    number(json, "load_highest", plan.highest());
    number(json, "rate_per_s", plan.ratePerS());
    number(json, "attained", plan.attained());
    number(json, "cost_per_1000", plan.costPer1000());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
