package dev.standstill.junit.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** Names of parameters that nobody reads. */
class ParametersTest {

  @Test
  void whatTheSettingsReadIsKnown() throws Exception {
    List<String> read =
        Stream.of(
                "junit.Settings",
                "test.stage.ParameterNames",
                "test.stage.LoopPattern",
                "test.suite.ReportPlace")
            .flatMap(type -> fields("dev.standstill." + type))
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> field.getType() == String.class)
            .map(field -> ReflectionSupport.tryToReadFieldValue(field, null))
            .map(value -> (String) value.toOptional().orElseThrow())
            .filter(text -> text.startsWith("standstill."))
            .toList();

    assertThat(read).containsExactlyInAnyOrderElementsOf(Parameters.KNOWN);
  }

  private static Stream<Field> fields(String type) {
    return Stream.of(
        ReflectionSupport.tryToLoadClass(type).toOptional().orElseThrow().getDeclaredFields());
  }

  @Test
  void aNameThatIsKnownIsNotWarnedOf() {
    assertThat(Parameters.warnings(Parameters.KNOWN)).isEmpty();
  }

  @Test
  void namesOfOthersAreNotWarnedOf() {
    assertThat(Parameters.warnings(List.of("junit.jupiter.execution.timeout.default", "stand")))
        .isEmpty();
  }

  @Test
  void aMistypedNameIsWarnedOfWithTheNearest() {
    assertThat(Parameters.warnings(List.of("standstill.sedes", "Standstill.TimeOut")))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "There is no parameter standstill.sedes, so it is ignored: is standstill.seeds meant? The others are "
                            + "standstill.allowReal, standstill.explore, standstill.failures, standstill.flakes, standstill.flakes.by, standstill.flakes.folder, standstill.flakes.for, standstill.keepGoing, standstill.leaks, standstill.loop, standstill.realTimeLimit, standstill.replay, standstill.report, standstill.stacktraces, standstill.start, standstill.startLimit, standstill.timeline, standstill.timeout, standstill.virtualTime."),
            second -> assertThat(second).contains("is standstill.timeout meant?"));
  }
}
