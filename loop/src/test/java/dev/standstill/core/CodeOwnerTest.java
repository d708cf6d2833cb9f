package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class CodeOwnerTest {

  private static final StackTraceElement LIST = frame("java.base", "java.util.ArrayList");
  private static final StackTraceElement LIBRARY = frame(null, Assertions.class.getName());

  @Test
  void tellsTheJdkAndLoopsByTheirNames() {
    assertThat(CodeOwner.of(LIST)).isEqualTo(CodeOwner.JDK);
    assertThat(CodeOwner.of(frame("jdk.httpserver", "sun.net.httpserver.ServerImpl")))
        .isEqualTo(CodeOwner.JDK);
    assertThat(CodeOwner.of(frame(null, "dev.standstill.core.Scheduler")))
        .isEqualTo(CodeOwner.STANDSTILL);
    assertThat(CodeOwner.of(frame(null, "dev.standstill.RealTimeLoop")))
        .isEqualTo(CodeOwner.STANDSTILL);
  }

  @Test
  void takesWhatIsNotFromAJarForTheProgram() {
    assertThat(CodeOwner.of(frame(null, "com.example.NotLoaded"))).isEqualTo(CodeOwner.PROGRAM);
    assertThat(CodeOwner.of(frame(null, "dev.standstill.probe.Program")))
        .isEqualTo(CodeOwner.PROGRAM);
    assertThat(CodeOwner.of(LIBRARY)).isEqualTo(CodeOwner.LIBRARY);
  }

  @Test
  void takesAJarForTheProgramThatHasItsPackages() {
    StackTraceElement other = frame(null, "org.opentest4j.AssertionFailedError");
    assertThat(new org.opentest4j.AssertionFailedError()).isNotNull();
    assertThat(CodeOwner.of(other)).isEqualTo(CodeOwner.LIBRARY);

    CodeOwner.addProgram("org.opentest4j");

    assertThat(CodeOwner.of(other)).isEqualTo(CodeOwner.PROGRAM);
  }

  @Test
  void thePlaceIsTheProgramsAndElseALibrarys() {
    assertThat(CodeOwner.placeIn(List.of(LIST, LIBRARY, LIST))).contains(LIBRARY);
    assertThat(CodeOwner.placeIn(List.of(LIST, LIBRARY, frame(null, "com.example.App"))))
        .hasValueSatisfying(place -> assertThat(place.getClassName()).isEqualTo("com.example.App"));
    assertThat(CodeOwner.placeIn(List.of(LIST))).isEmpty();
  }

  private static StackTraceElement frame(String module, String className) {
    return new StackTraceElement(null, module, null, className, "run", "App.java", 41);
  }
}
