package io.swarmpilot.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the cases may ask of an answer fits what it should, and nothing else.
final class ShapeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"a\":1} ; {\"a\":1.0,\"b\":2}",
        "{\"a\":null} ; {\"a\":null}",
        "[1,\"$text\"] ; [1,\"x\"]",
        "\"$uuid\" ; \"123e4567-e89b-42d3-a456-426614174000\"",
        "\"$task_id\" ; \"task-123e4567-e89b-42d3-a456-426614174000\"",
        "\"$number=0\" ; 0.0",
        "\"$number>=0\" ; 0",
        "\"$integer>0\" ; 3",
        "\"$contains:b\" ; \"abc\"",
        "\"$matches:a|b\" ; \"b\"",
        "{\"a\":\"$absent\"} ; {}",
        "{\"$each\":{\"a\":1}} ; [{\"a\":1},{\"a\":1}]",
        "{\"$some\":2} ; [1,2]",
        "{\"$none\":3} ; [1,2]",
        "{\"$size\":2} ; [1,2]",
        "{\"$near\":[10,0.5]} ; 10.4",
        "{\"$sum\":[\"/n\",5]} ; [{\"n\":2},{\"n\":3}]",
        "{\"$closer\":[0,1,2]} ; [[1,0],[0.8,0.6],[0,1]]"
      })
  void fits(String expected, String actual) {
    assertThat(differences(expected, actual)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"a\":1} ; {\"a\":2}",
        "{\"a\":1} ; {\"b\":1}",
        "{\"a\":1} ; {\"a\":\"1\"}",
        "{\"a\":null} ; {}",
        "{\"a\":null} ; {\"a\":0}",
        "[1] ; [1,2]",
        "[1,2] ; [1]",
        "[] ; {}",
        "\"x\" ; \"y\"",
        "true ; \"true\"",
        "\"$uuid\" ; \"task-1\"",
        "\"$task_id\" ; \"123e4567-e89b-42d3-a456-426614174000\"",
        "\"$number=0\" ; 0.0001",
        "\"$number\" ; \"1\"",
        "\"$integer\" ; 1.5",
        "\"$integer>0\" ; 0",
        "\"$text\" ; \"\"",
        "\"$null\" ; 0",
        "\"$seconds\" ; 1000",
        "{\"a\":\"$absent\"} ; {\"a\":null}",
        "{\"$each\":{\"a\":1}} ; []",
        "{\"$each\":{\"a\":1}} ; [{\"a\":1},{\"a\":2}]",
        "{\"$some\":3} ; [1,2]",
        "{\"$none\":2} ; [1,2]",
        "{\"$size\":2} ; [1]",
        "{\"$near\":[10,0.5]} ; 10.6",
        "{\"$sum\":[\"/n\",5]} ; [{\"n\":2},{\"n\":4}]",
        "{\"$closer\":[0,2,1]} ; [[1,0],[0.8,0.6],[0,1]]"
      })
  void differs(String expected, String actual) {
    assertThat(differences(expected, actual)).isNotEmpty();
  }

  private static List<String> differences(String expected, String actual) {
    List<String> differences = new ArrayList<>();
    Shape.compare(Json.parse(expected), Json.parse(actual), differences);
    return differences;
  }
}
