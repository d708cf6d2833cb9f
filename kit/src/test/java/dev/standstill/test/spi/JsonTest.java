package dev.standstill.test.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of JSON, written and read. */
class JsonTest {

  private static final String TEXT = "a \"quoted\" \\ path,\n\ttab } { é × 𝄞 \u0001";

  @Test
  void whatIsWrittenIsRead() {
    String line =
        new JsonLine()
            .text("text", TEXT)
            .number("number", Long.MIN_VALUE)
            .text("empty", "")
            .textIfAny("none", null)
            .flag("yes", true)
            .flag("no", false)
            .numbers("numbers", List.of(3, -1))
            .texts("texts", List.of(TEXT, ""))
            .object("object", new JsonLine().number("a", 1))
            .toString();

    assertThat(line).doesNotContain("\n").startsWith("{\"text\":\"a \\\"quoted\\\"");
    assertThat(JsonReader.read(line))
        .isEqualTo(
            Map.of(
                "text",
                TEXT,
                "number",
                Long.MIN_VALUE,
                "empty",
                "",
                "yes",
                true,
                "numbers",
                List.of(3L, -1L),
                "texts",
                List.of(TEXT, ""),
                "object",
                Map.of("a", 1L)));
  }

  @Test
  void objectsOfAListHaveLinesOfTheirOwn() {
    String text =
        new JsonLine()
            .objects("none", List.of())
            .objects("two", List.of(new JsonLine().number("a", 1), new JsonLine()))
            .toString();

    assertThat(text).hasLineCount(3);
    assertThat(JsonReader.read(text))
        .isEqualTo(Map.of("none", List.of(), "two", List.of(Map.of("a", 1L), Map.of())));
  }

  @Test
  void whatOthersWriteIsReadToo() {
    assertThat(JsonReader.read(" { \"a\" : \"\\u00e9\\/\" , \"b\": 3 } "))
        .isEqualTo(Map.of("a", "é/", "b", 3L));
    assertThat(JsonReader.read("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":}", "{\"a\":\"b\"", "{\"a\":1.5}", "{\"a\":{}}}"})
  void somethingElseIsRefused(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.read(line))
        .withMessageStartingWith("is no JSON from letter ");
  }
}
