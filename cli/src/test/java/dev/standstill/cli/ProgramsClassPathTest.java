package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JVM that the script starts has the program's class path, and shows the program nothing else.
 * Sources are in {@code src/test/programs/classpath}.
 */
class ProgramsClassPathTest {

  private static final String ON_LOOP =
      """
      import dev.standstill.*;
      import dev.standstill.test.TestLoop;

      class Program {
        static void main() {
          boolean same = EventLoop.class.getClassLoader() == ClassLoader.getSystemClassLoader();
          IO.println(EventLoop.current().name() + " " + TestLoop.currentIfPresent().isPresent() + " " + same);
        }
      }
      """;

  private static final String LOST_UPDATE =
      """
      class Program {
        static volatile int count;

        static void main() throws Exception {
          if (count != 0) throw new IllegalStateException("statics do not start afresh");
          Thread other = Thread.startVirtualThread(() -> count++);
          count++;
          other.join();
          if (count != 2) throw new IllegalStateException("lost an update");
        }
      }
      """;

  @TempDir static Path parent;

  private static Path classes;

  @TempDir Path directory;

  @BeforeAll
  static void compile() throws IOException {
    classes = Files.createDirectory(parent.resolve("with blank"));
    try (Stream<Path> files = Files.list(Path.of("src/test/programs/classpath"))) {
      compile(classes, files.toList());
    }
    Files.writeString(classes.resolve("greeting.txt"), "hello");
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("Finds$Greeting"), "Finds$Hello");
  }

  private static void compile(Path to, List<Path> sources) {
    List<String> arguments = new ArrayList<>(List.of("-d", to.toString()));
    sources.forEach(source -> arguments.add(source.toString()));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--seed=0", "--seed=1", "--real-time"})
  void theSystemClassLoaderIsThePrograms(String option) throws Exception {
    assertSystemLoader(option);
  }

  @Tag("slow")
  @Test
  void itIsUnderTwentySeedsThreeTimesEach() throws Exception {
    for (int time = 0; time < 3; time++) {
      assertSystemLoader("");
      for (int seed = 0; seed < 20; seed++) {
        assertSystemLoader("--seed=" + seed);
      }
    }
  }

  private void assertSystemLoader(String option) throws Exception {
    Object[] command =
        option.isEmpty()
            ? new Object[] {"run", "-cp", classes, "SystemLoader"}
            : new Object[] {"run", "-cp", classes, option, "SystemLoader"};
    assertEnds(Launched.run(directory, command), "true\nfalse\ntrue\n");
  }

  @Test
  void servicesResourcesAndClassesAreFound() throws Exception {
    assertEnds(
        Launched.run(directory, "run", "-cp", classes, "Finds"),
        "[hello]\n[hello]\ntrue\ntrue\ntrue\ntrue\nfalse false\n");
  }

  @Test
  void withoutClassPathTheWorkingDirectoryIsIt() throws Exception {
    assertEnds(Launched.run(classes, "run", "SystemLoader"), "true\nfalse\ntrue\n");
  }

  @Test
  void theClassOfSourceFileIsAboveTheClassPath() throws Exception {
    Path program =
        write(
            """
            void main() {
              ClassLoader own = getClass().getClassLoader();
              IO.println(own == Thread.currentThread().getContextClassLoader());
              IO.println(own.getParent() == ClassLoader.getSystemClassLoader());
              IO.println(new Finds.Hello().text());
            }
            """);

    assertEnds(Launched.run(directory, "run", "-cp", classes, program), "true\ntrue\nhello\n");
  }

  @Test
  void aProgramThatBringsStandstillFindsTheLoopItRunsOn() throws Exception {
    compile(directory, List.of(write(ON_LOOP)));
    String path =
        String.join(
            File.pathSeparator,
            placeOf(EventLoop.class),
            placeOf(TestLoop.class),
            directory.toString());

    assertEnds(Launched.run(directory, "run", "-cp", path, "Program"), "run true true\n");
  }

  @Test
  void anotherStandstillOnTheClassPathIsTold() throws Exception {
    compile(
        directory,
        List.of(
            SourceFile.write(
                directory, "EventLoop.java", "package dev.standstill; public class EventLoop {}")));

    Outcome outcome = Launched.run(directory, "run", "-cp", directory, "Program");

    assertThat(outcome.err())
        .startsWith("The program has another Standstill on its class path (file:")
        .contains("EventLoop.class) than the one that runs it, and a JVM can have one only: put");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void aClassThatIsMissingIsTold() throws Exception {
    Outcome outcome = Launched.run(directory, "run", "-cp", classes, "com.example.Shop");

    assertThat(outcome.err())
        .isEqualTo(
            "There is no class com.example.Shop on the class path: say where it is with -cp.\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void anExceptionIsShownFromTheProgramsOwnFrames() throws Exception {
    compile(
        directory,
        List.of(write("class Program { static void main() { throw new Error(\"boom\"); } }")));

    Outcome outcome = Launched.run(directory, "run", "-cp", directory, "Program");

    assertThat(outcome.err())
        .startsWith(
            """
            Exception in thread "main" java.lang.Error: boom
            \tat Program.main(Program.java:1)
            Standstill:\
            """);
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void itsSchedulesAreExplored(int threads) throws Exception {
    compile(directory, List.of(write(LOST_UPDATE)));

    Outcome found =
        Launched.run(directory, "explore", "-cp", directory, "--parallel", threads, "Program");

    assertThat(found.out()).contains("lost an update", "./standstill replay 2-");
    assertThat(found.out()).doesNotContain("Could not be changed");
    assertThat(found.exitCode()).isEqualTo(1);
  }

  private static void assertEnds(Outcome outcome, String out) {
    assertThat(outcome.out()).as(outcome.err()).isEqualTo(out);
    assertThat(outcome.exitCode()).isZero();
  }

  private static String placeOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  private Path write(String source) {
    return SourceFile.write(directory, "Program.java", source);
  }
}
