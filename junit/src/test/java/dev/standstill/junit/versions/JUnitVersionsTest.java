package dev.standstill.junit.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests on loops run with the JUnit that users have, not only with the newest. */
class JUnitVersionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"oldest", "newest-5", "oldest-6"})
  void runTestsOnLoops(String version) throws Exception {
    Child.Result result = run(version);

    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.out().lines())
        .contains("seed 0: passes", "seed 1: passes", "seed 2: passes")
        .filteredOn(line -> line.equals("virtual time: passes"))
        .as("%s", result)
        .hasSize(2);
    assertThat(result.out())
        .contains(
            "LeakedTaskException: TestLoop \"Sample.failsForWhatIsLeft\" was closed with 1 task left")
        .contains(
            "ScheduleFailure: org.opentest4j.AssertionFailedError: expected: <2> but was: <1>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oldest", "newest-5", "oldest-6"})
  void runWholeSuitesOnLoops(String version) throws Exception {
    Child.Result result = run(version, UnannotatedSample.class, "-Dstandstill.loop=all");

    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.out().replaceAll("real time .*", "real time <time>.").lines())
        .contains(
            "waitsForADay(): passes",
            "insideToo(): passes",
            "sharesTheLoopOfItsClass(): passes",
            "Standstill: 3 tests, all on loops, none failed. Virtual time 3 d, real time <time>.");
  }

  @Test
  void oneThatIsTooOldIsToldSoForWholeSuites() throws Exception {
    Child.Result result = run("too-old", UnannotatedSample.class, "-Dstandstill.loop=all");

    assertThat(result.err()).as("%s", result).contains("Tests on loops need JUnit 5.12 or later");
    assertThat(result.out()).doesNotContain("passes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oldest", "newest-5", "oldest-6"})
  void searchForFlakyTests(String version) throws Exception {
    Child.Result result =
        run(version, Sample.class, "-Dstandstill.flakes=3", "-Dstandstill.flakes.folder=none");

    assertThat(result.out() + result.err())
        .as("%s", result)
        .contains("Flaky tests: 5 tests on loops, run again under other schedules in ")
        .contains("Sample.failsForWhatIsLeft")
        .containsPattern(
            "[0-9] tests? pass(es)? under all schedules so far: first in, first out and 3 seeds");
  }

  @Test
  void oneThatIsTooOldIsToldSo() throws Exception {
    Child.Result result = run("too-old");

    assertThat(result.out())
        .as("%s", result)
        .contains(
            "Tests on loops need JUnit 5.12 or later, 6 included; on the class path is JUnit 5.11.");
    assertThat(result.out() + result.err()).doesNotContain("NoClassDefFoundError");
  }

  private static Child.Result run(String version) throws IOException, InterruptedException {
    return run(version, Sample.class, "-Dstandstill.failures=none");
  }

  private static Child.Result run(String version, Class<?> tests, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Jvm.tool("java"), Jvm.agent()));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", classPath(version), SampleRun.class.getName(), tests.getName()));
    return Child.run(new ProcessBuilder(command));
  }

  private static String classPath(String version) throws IOException {
    List<String> entries = new ArrayList<>();
    try (Stream<Path> jars = Files.list(Path.of("target/junit", version))) {
      jars.map(jar -> jar.toAbsolutePath().toString()).forEach(entries::add);
    }
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"))
        .forEach(entries::add);
    return String.join(File.pathSeparator, entries);
  }
}
