package dev.standstill.junit.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.stage.UnknownParameters;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** The list of names of parameters that are not warned of. */
class ParametersTest {

  @Test
  void whatTheSettingsReadIsKnown() throws Exception {
    List<String> read =
        Stream.of(
                "junit.Settings",
                "junit.TestCampaign",
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

    assertThat(read).containsExactlyInAnyOrderElementsOf(UnknownParameters.KNOWN);
  }

  private static Stream<Field> fields(String type) {
    return Stream.of(
        ReflectionSupport.tryToLoadClass(type).toOptional().orElseThrow().getDeclaredFields());
  }
}
