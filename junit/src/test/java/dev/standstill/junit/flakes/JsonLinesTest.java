package dev.standstill.junit.flakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of JSON. */
class JsonLinesTest {

  @Test
  void whatIsWrittenIsRead() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", "a \"quoted\" \\ path,\n\ttab } { é × \u0001");
    fields.put("number", -17L);
    fields.put("empty", "");

    String line = JsonLines.write(fields);

    assertThat(line).doesNotContain("\n").startsWith("{\"text\":\"a \\\"quoted\\\"");
    assertThat(JsonLines.read(line)).isEqualTo(fields);
  }

  @Test
  void whatOthersWriteIsReadToo() {
    assertThat(JsonLines.read(" { \"a\" : \"\\u00e9\\/\" , \"b\": 3 } "))
        .isEqualTo(Map.of("a", "é/", "b", 3L));
    assertThat(JsonLines.read("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":}", "{\"a\":\"b\"", "{\"a\":1.5}", "{\"a\":{}}"})
  void somethingElseIsRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonLines.read(line));
  }
}
