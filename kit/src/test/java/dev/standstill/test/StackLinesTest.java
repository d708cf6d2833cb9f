package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.description.Description;
import org.junit.jupiter.api.Test;

/** What reports show of a stack: the program always, libraries folded, nothing of the JDK. */
class StackLinesTest {

  private static final StackTraceElement LIBRARY = frame(Assertions.class.getName());
  private static final StackTraceElement LIBRARY_TOO = frame(Description.class.getName());
  private static final StackTraceElement PROGRAM = frame("com.example.App");
  private static final StackTraceElement JDK =
      new StackTraceElement(null, "java.base", null, "java.util.List", "run", "List.java", 1);

  @Test
  void framesOfALibraryAreFoldedBetweenThoseOfTheProgram() {
    assertThat(StackLines.of(List.of(LIBRARY, JDK, LIBRARY_TOO, LIBRARY, PROGRAM, JDK, PROGRAM)))
        .containsExactly(
            "      … 3 of org.assertj.core",
            "      at com.example.App.run(App.java:41)",
            "      at com.example.App.run(App.java:41)");
  }

  @Test
  void theProgramIsShownHoweverManyFramesOfLibrariesHideIt() {
    List<StackTraceElement> deep =
        Stream.concat(Stream.generate(() -> LIBRARY).limit(500), Stream.of(PROGRAM)).toList();

    assertThat(StackLines.of(deep))
        .containsExactly(
            "      … 500 of org.assertj.core.api", "      at com.example.App.run(App.java:41)");
  }

  @Test
  void aSingleFrameOfALibraryIsShownAsItIs() {
    assertThat(StackLines.of(List.of(PROGRAM, LIBRARY)))
        .containsExactly("      at com.example.App.run(App.java:41)", "      at " + LIBRARY);
  }

  @Test
  void aStackWithoutTheProgramShowsTheLibrary() {
    assertThat(StackLines.of(Stream.generate(() -> LIBRARY).limit(9).toList()))
        .hasSize(7)
        .startsWith("      at " + LIBRARY)
        .endsWith("      … 3 of org.assertj.core.api");
  }

  @Test
  void aRecursionIsCutOff() {
    assertThat(StackLines.of(Stream.generate(() -> PROGRAM).limit(1_000).toList()))
        .hasSize(11)
        .endsWith("      … 990 more");
  }

  private static StackTraceElement frame(String className) {
    return new StackTraceElement(null, null, null, className, "run", "App.java", 41);
  }
}
