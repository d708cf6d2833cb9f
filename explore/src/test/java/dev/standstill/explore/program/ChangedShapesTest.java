package dev.standstill.explore.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.Exploration;
import dev.standstill.explore.SearchStrategy;
import dev.standstill.explore.programs.NewShapes;
import dev.standstill.explore.programs.OldShapes;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changed classes do what they did before. */
class ChangedShapesTest {

  @TempDir Path compiled;

  @ParameterizedTest(name = "{0}, wholly: {1}")
  @CsvSource({"OldShapes, true", "OldShapes, false", "NewShapes, true", "NewShapes, false"})
  void doTheSameOutsideOfAnExploration(String type, boolean wholly) throws Exception {
    assertThat(run(type, TransformingLoader.changing(wholly, true)))
        .isEqualTo(run(type, TransformingLoader.unchanged()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void doTheSameIfCompiledForJava8(boolean wholly) throws Exception {
    int compiles =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "8",
                "-Xlint:-options",
                "-nowarn",
                "-d",
                compiled.toString(),
                "src/test/java/dev/standstill/explore/programs/OldShapes.java");
    assertThat(compiles).isZero();

    assertThat(run("OldShapes", TransformingLoader.changing(wholly, true, compiled)))
        .isEqualTo(run("OldShapes", TransformingLoader.unchanged()));
  }

  @Test
  void doTheSameUnderEachSchedule() throws Exception {
    List<?> old = run("OldShapes", TransformingLoader.unchanged());
    List<?> recent = run("NewShapes", TransformingLoader.unchanged());

    for (boolean plainToo : new boolean[] {false, true}) {
      Exploration exploration =
          Exploration.of(
                  loop -> {
                    assertThat(OldShapes.run()).isEqualTo(old);
                    assertThat(NewShapes.run()).isEqualTo(recent);
                  })
              .strategy(SearchStrategy.RANDOM)
              .schedules(50);
      (plainToo ? exploration.plainFields() : exploration).run().orThrow();
    }
  }

  private static List<?> run(String type, TransformingLoader loader) throws Exception {
    try (loader) {
      Class<?> shapes = loader.loadClass("dev.standstill.explore.programs." + type);
      return (List<?>) shapes.getMethod("run").invoke(null);
    }
  }
}
