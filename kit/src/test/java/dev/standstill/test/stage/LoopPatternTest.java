package dev.standstill.test.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.test.stage.LoopPattern.TestName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tests the configuration parameter means. */
class LoopPatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all",
        "*",
        "Map",
        "M*",
        "java.util.*",
        "java.util.Map",
        "*.Map",
        "java.lang.String, java.util.Map",
        "!java.lang.*",
        "!Entry",
        "Map#get",
        "Map#g*",
        "all, !Map#put",
        " all "
      })
  void meansTheTest(String text) {
    assertThat(LoopPattern.parse(text).includes(Map.class, "get")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "Entry",
        "String",
        "java.lang.*",
        "java.util",
        "util.Map",
        "!Map",
        "all, !java.util.*",
        "!Map, all",
        "Map, !Map#get",
        "!Map#g*",
        "Map#put"
      })
  void doesNotMeanTheTest(String text) {
    assertThat(LoopPattern.parse(text).includes(Map.class, "get")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Map",
        "java.util.Map",
        "Entry",
        "Map$Entry",
        "java.util.Map$Entry",
        "java.util.*"
      })
  void aClassMeansItsNestedClasses(String text) {
    assertThat(LoopPattern.parse(text).includes(Map.Entry.class, "getKey")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Map#get", "all, !Map#get", "!Map#get"})
  void aMethodLeavesTheFixturesOfItsClassOnTheLoop(String text) {
    assertThat(LoopPattern.parse(text).includes(Map.class)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "all, !Map", "!java.*"})
  void aClassThatIsLeftOutLeavesOutItsFixtures(String text) {
    assertThat(LoopPattern.parse(text).includes(Map.class)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "all,", "a/b", "!", "Map#", "com.example.Order Test", "Map#a#b"})
  void whatCannotBeReadIsTold(String text) {
    assertThatThrownBy(() -> LoopPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("standstill.loop = \"" + text + "\" cannot be read: ")
        .hasMessageContaining("Write all, none, or names of test classes");
  }

  @Test
  void namesThatMatchNothingAreFound() {
    List<TestName> tests = List.of(new TestName(Map.class, "get"), new TestName(List.class, "add"));

    assertThat(
            LoopPattern.parse("Map, Mapp, !List#add, !List#ad, java.lang.*, all")
                .unmatched(tests.stream()))
        .containsExactly("Mapp", "!List#ad", "java.lang.*");
    assertThat(LoopPattern.parse("all").unmatched(Stream.empty())).containsExactly("all");
  }
}
