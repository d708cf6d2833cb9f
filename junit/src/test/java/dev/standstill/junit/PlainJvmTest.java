package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.children.OtherJdk;
import dev.standstill.junit.probe.LikeAnIde;
import dev.standstill.junit.probe.Sleeping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.console.ConsoleLauncher;

/** Tests that a JVM of its own runs, started as build tools and IDEs start it. */
class PlainJvmTest {

  private static final List<String> SLEEPING = List.of("-c", Sleeping.class.getName());

  @Test
  void withTheFlagNothingIsPrintedButTheResult() throws Exception {
    Child.Result result = Jvm.run(List.of(Jvm.agent()), ConsoleLauncher.class, console(SLEEPING));

    assertThat(result.out()).contains("1 tests successful", "0 tests failed");
    assertThat(result.out() + result.err()).doesNotContainIgnoringCase("warning");
    assertThat(result.status()).isZero();
  }

  @Test
  void withoutTheFlagTheAgentAttachesItself() throws Exception {
    Child.Result result = Jvm.run(List.of(), ConsoleLauncher.class, console(SLEEPING));

    assertThat(result.err()).contains("WARNING: A Java agent has been loaded dynamically");
    assertThat(result.out()).contains("1 tests successful", "0 tests failed");
    assertThat(result.status()).isZero();
  }

  @Test
  void aMistypedParameterIsWarnedOfWithTheNameThatIsMeant() throws Exception {
    List<String> mistyped =
        List.of("--config", "standstill.seed=3", "-c", Sleeping.class.getName());

    Child.Result result =
        Jvm.run(
            List.of(Jvm.agent(), "-Dstandstill.realtimelimit=5s", "-Dstandstill.timeout=2d"),
            ConsoleLauncher.class,
            console(mistyped));

    assertThat(result.err())
        .contains(
            "There is no parameter standstill.seed, so it is ignored: is standstill.seeds meant?",
            "There is no parameter standstill.realtimelimit, so it is ignored: is standstill.realTimeLimit meant?")
        .doesNotContain("no parameter standstill.timeout");
    assertThat(result.out()).contains("1 tests successful", "0 tests failed");
  }

  @Test
  void idesNeedNothing() throws Exception {
    Child.Result result = Jvm.run(List.of(), LikeAnIde.class, Sleeping.class.getName());

    assertThat(result.out()).endsWith("1 passed, 0 failed\n");
  }

  @Test
  void whereTheAgentCannotAttachTheTestSaysWhatToDo() throws Exception {
    Child.Result result =
        Jvm.run(List.of("-XX:+DisableAttachMechanism"), ConsoleLauncher.class, console(SLEEPING));

    assertThat(result.out())
        .contains("Standstill's agent could not be loaded into the running JVM")
        .containsPattern("Add -javaagent:\\S+standstill-agent\\S*\\.jar to its flags\\.")
        .contains("1 tests failed");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void onAnOlderJdkTheRunFailsWithASentence() throws Exception {
    Optional<Path> home = OtherJdk.home(17);
    assumeThat(home).as("the home of a JDK 17").isPresent();
    List<String> command =
        new ArrayList<>(
            Jvm.of(List.of(), ConsoleLauncher.class, "execute", "--scan-class-path", "-n", "None")
                .command());
    command.set(0, home.orElseThrow().resolve("bin/java").toString());

    Child.Result result = Child.run(new ProcessBuilder(command));

    assertThat(result.err())
        .containsPattern(
            "standstill-junit is on the class path, which needs JDK 25, and the tests run on Java 17\\S* .*: run them on JDK 25")
        .doesNotContain("UnsupportedClassVersionError");
    assertThat(result.status()).isNotZero();
  }

  @Test
  void eightClassesRunAtOnce() throws Exception {
    List<String> arguments =
        Stream.concat(
                ParallelTest.EIGHT_AT_ONCE.entrySet().stream()
                    .flatMap(
                        entry -> Stream.of("--config", entry.getKey() + "=" + entry.getValue())),
                ParallelTest.EIGHT_CLASSES.stream()
                    .flatMap(testClass -> Stream.of("-c", testClass.getName())))
            .toList();

    Child.Result result = Jvm.run(List.of(Jvm.agent()), ConsoleLauncher.class, console(arguments));

    assertThat(result.out()).contains("160 tests successful", "0 tests failed");
  }

  private static String[] console(List<String> arguments) {
    return Stream.concat(
            Stream.of("execute", "--disable-banner", "--disable-ansi-colors"), arguments.stream())
        .toArray(String[]::new);
  }
}
