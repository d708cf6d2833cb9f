package dev.standstill.notebook.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests in the cells of a kernel that was started without the agent and without Standstill. */
class ForeignKernelTest {

  private static final List<String> CELLS =
      List.of(
          """
          import dev.standstill.*;
          import dev.standstill.junit.*;
          import dev.standstill.notebook.*;
          import dev.standstill.test.*;
          import java.time.*;
          import java.util.concurrent.*;
          import org.junit.jupiter.api.*;
          import static org.junit.jupiter.api.Assertions.*;
          """,
          """
          class GreetingTest {
            @LoopTest void waits() throws Exception { Thread.sleep(Duration.ofHours(1)); }
            @Test void greets() { assertEquals("Hello\\nyou", "Hello\\nthere"); }
          }
          Notebook.run()
          """,
          """
          class GreetingTest {
            @LoopTest void waits() throws Exception { Thread.sleep(Duration.ofHours(2)); }
          }
          Notebook.run()
          """,
          """
          @Test @Tags({@Tag("one"), @Tag("two")}) @DisplayName("a method of a cell") void topLevel(TestInfo info) {
            assertEquals(java.util.Set.of("one", "two"), info.getTags());
          }
          @RepeatedTest(value = 2, failureThreshold = 1) void repeated() {}
          Notebook.run("Cells")
          """,
          """
          class RaceTest {
            int count;
            void increment() { int seen = count; Thread.yield(); count = seen + 1; }
            @LoopTest void countsBoth(TestLoop loop) throws Exception {
              var one = loop.spawn("one", this::increment);
              var two = loop.spawn("two", this::increment);
              one.get();
              two.get();
              assertEquals(2, count);
            }
          }
          Notebook.seeds(100).run("RaceTest")
          """,
          """
          class SlowTest {
            @Test void interruptsTheKernel() throws Exception {
              for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("cells")) thread.interrupt();
              }
              new CountDownLatch(1).await();
            }
          }
          Notebook.run(SlowTest.class)
          """,
          """
          class Gate { static final CountDownLatch open = new CountDownLatch(1); static void await() throws Exception { open.await(); } }
          Task<?> guard = Notebook.loop().spawn("guard", () -> Gate.await());
          Notebook.loop().run(() -> Thread.yield());
          Notebook.tasks()
          """);

  private static List<String> shown = List.of();
  private static String errors = "";

  @BeforeAll
  static void runCells() throws Exception {
    shown = run(CELLS);
  }

  /** Runs cells in a new kernel, and returns what each shows. */
  private static List<String> run(List<String> cells) throws Exception {
    String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
    Path kernel =
        Path.of(ForeignKernel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new ArrayList<>();
    command.add(Jvm.tool("java"));
    command.addAll(List.of("-cp", kernel.toString(), ForeignKernel.class.getName()));
    command.add(
        Arrays.stream(classPath)
            .filter(path -> !Path.of(path).equals(kernel))
            .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(cells);
    Child.Result result = Child.run(new ProcessBuilder(command));
    assertThat(result.status()).as(result.err()).isZero();
    errors = result.err();
    return Stream.of(result.out().split(ForeignKernel.END_OF_CELL)).map(String::strip).toList();
  }

  @Test
  void theTestsOfACellRunAndAFailureIsShownWithItsDifference() {
    assertThat(shown.get(1))
        .containsPattern("✓ GreetingTest.waits \\(\\d+ ms, virtual 1 h\\)")
        .contains("✗ GreetingTest.greets")
        .contains("Hello\n      - you\n      + there\n    at GreetingTest.greets\n")
        .contains("1 passed, 1 failed");
  }

  @Test
  void noLineIsNamedWhereItCannotBeKnown() {
    assertThat(shown.get(1)).doesNotContain("of its cell");
  }

  @Test
  void theWarningOfTheAgentThatIsLoadedLateIsNoOutputOfATest() {
    assertThat(errors).contains("A Java agent has been loaded dynamically");
    assertThat(shown.get(1)).doesNotContain("It printed", "WARNING");
  }

  @Test
  void theNewestDefinitionOfAClassRuns() {
    assertThat(shown.get(2))
        .containsPattern("^✓ GreetingTest.waits \\(\\d+ ms, virtual 2 h\\)\n1 passed,");
  }

  @Test
  void methodsAtTheTopLevelAreTestsWithTheirAnnotations() {
    assertThat(shown.get(3))
        .contains("✓ Cells: a method of a cell")
        .contains("✓ Cells.repeated (2 runs")
        .contains("3 passed, in");
  }

  @Test
  void aFailureUnderASeedNamesTheCallThatRepeatsIt() {
    assertThat(shown.get(4))
        .containsPattern("✗ RaceTest.countsBoth (\\[seed |\\(\\d+ of \\d+ passed)")
        .containsPattern(
            "In a cell: Notebook.replay\\(\"2-.*\"\\).run\\(\"RaceTest.countsBoth\"\\)");
  }

  @Test
  void anInterruptOfTheThreadThatRunsTheCellEndsTheRun() {
    assertThat(shown.get(5)).contains("The run was interrupted, and has ended.");
  }

  @Test
  void theLoopOfTheNotebookRunsAlsoBeforeAnyTest() throws Exception {
    assertThat(run(List.of(CELLS.getFirst(), "Notebook.loop().run(() -> 40 + 2)")).get(1))
        .isEqualTo("42");
  }

  @Test
  void theTasksOfTheLoopAreListed() {
    assertThat(shown.get(6)).isEqualTo("guard (WAITING) Gate.await");
  }
}
