package io.swarmpilot.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":9007199254740993}",
        "[1.0, 100]",
        "\"text\"",
        "null",
        " 12 ",
        "{\"é\":\"\\u0000\"}"
      })
  void acceptsOneJsonValue(String text) {
    assertThat(JsonValues.isJson(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "{}{}", "{} x", "NaN", "[1,]", "{'a':1}", "{\"a\":Infinity}"})
  void refusesAnythingElse(String text) {
    assertThat(JsonValues.isJson(text)).isFalse();
  }

  @Test
  void refusesNestingBeyondTheBound() {
    assertThat(JsonValues.isJson("[".repeat(1_000) + "]".repeat(1_000))).isTrue();
    assertThat(JsonValues.isJson("[".repeat(20_000) + "]".repeat(20_000))).isFalse();
  }

  @Test
  void writesATreeWithIntegersAsIntegers() {
    Struct struct =
        Struct.newBuilder()
            .putFields("n", number(100))
            .putFields(
                "list",
                Value.newBuilder()
                    .setListValue(ListValue.newBuilder().addValues(number(1.5)))
                    .build())
            .putFields("none", Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
            .build();
    JsonValue value =
        JsonValue.newBuilder().setValue(Value.newBuilder().setStructValue(struct)).build();

    assertThat(JsonValues.text(value)).isEqualTo("{\"n\":100,\"list\":[1.5],\"none\":null}");
  }

  @Test
  void refusesATreeWithNumbersThatJsonCannotWrite() {
    JsonValue value = JsonValue.newBuilder().setValue(number(Double.NaN)).build();

    assertThatThrownBy(() -> JsonValues.text(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsTheTextOfAnObjectUntouched() {
    String text = " { \"b\" : 1.0, \"a\" : 9007199254740993 } ";

    JsonValue kept = JsonValues.object(JsonValues.of(text), "task_input", false, new Violations());

    assertThat(kept.getJson()).isEqualTo(text);
  }

  @Test
  void namesTheFieldThatIsNoObject() {
    Violations violations = new Violations();

    JsonValues.object(JsonValues.of("[1]"), "task_input", false, violations);
    JsonValues.object(JsonValues.of("{\"a\":}"), "metadata", false, violations);

    assertThat(violations.found())
        .containsExactly(
            new FieldViolation("task_input", "dict_type", "Input should be a JSON object"),
            new FieldViolation("metadata", "json_invalid", "Input is not valid JSON"));
  }

  @Test
  void trustsTextThatTheGatewayParsed() {
    Violations violations = new Violations();

    JsonValues.object(JsonValues.of("{\"a\":}"), "metadata", true, violations);

    assertThat(violations.found()).isEmpty();
  }

  private static Value number(double value) {
    return Value.newBuilder().setNumberValue(value).build();
  }
}
