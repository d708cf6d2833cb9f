package dev.standstill.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.explore.ScheduleFailure;
import dev.standstill.notebook.Notebook;
import dev.standstill.notebook.TestRun;
import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that are written in cells. */
public class TestsInCellsTest {

  /** Reached by cells, which see the class path of the tests. */
  public static volatile CountDownLatch reached = new CountDownLatch(1);

  private final Session session;

  TestsInCellsTest() throws Exception {
    session = new Session();
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void theTestsOfAllCellsRun() throws Exception {
    session.run("class ATest { @Test void plain() {} }");
    session.run(
        "class BTest { @LoopTest void virtual() throws Exception { Thread.sleep(Duration.ofHours(1)); } }");

    TestRun run = session.runTests("Notebook.run()");

    assertThat(names(run)).containsExactlyInAnyOrder("ATest.plain", "BTest.virtual");
    assertThat(run.hasPassed()).isTrue();
    assertThat(result(run, "ATest.plain").virtualTime()).isNull();
    assertThat(result(run, "BTest.virtual").virtualTime()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aFailureIsShownWithItsDifferenceAndItsLine() throws Exception {
    TestRun run =
        session.runTests(
            """
            class GreetingTest {
              @Test void greets() {
                assertEquals("Hello\\nyou", "Hello\\nthere");
              }
            }
            Notebook.run()
            """);

    assertThat(run.count(Status.FAILED)).isEqualTo(1);
    assertThat(run.toString())
        .contains(
            """
                - expected, + actual:
                    Hello
                  - you
                  + there
                at GreetingTest.greets, line 3 of its cell
            """);
    assertThatThrownBy(run::check).isInstanceOf(AssertionError.class).hasMessage(run.toString());
  }

  @Test
  void theNewestDefinitionOfAClassCounts() throws Exception {
    session.run("class EditedTest { @Test void first() { fail(\"stale\"); } }");
    session.run("class EditedTest { @Test void second() { fail(\"stale\"); } }");
    session.run("class EditedTest { @Test void third() {} }");

    assertThat(names(session.runTests("Notebook.run()"))).containsExactly("EditedTest.third");
  }

  @Test
  void aTestCallsTheNewestDefinitionOfTheCodeUnderTest() throws Exception {
    session.run("class Answer { int get() { return 41; } }");
    session.run("class AnswerTest { @Test void is42() { assertEquals(42, new Answer().get()); } }");
    assertThat(session.runTests("Notebook.run()").hasPassed()).isFalse();

    session.run("class Answer { int get() { return 42; } }");

    assertThat(session.runTests("Notebook.run()").hasPassed()).isTrue();
  }

  @Test
  void aClassThatHasBecomeNoTestRunsNoMore() throws Exception {
    session.run("class ATest { @Test void one() {} }\nclass BTest { @Test void two() {} }");
    session.run("class ATest { void one() {} }");

    assertThat(names(session.runTests("Notebook.run()"))).containsExactly("BTest.two");
  }

  @Test
  void aHundredRunsOfAnEditedCellLeaveNothingBehind() throws Exception {
    runEdited(0);
    int before = Thread.getAllStackTraces().size();
    for (int edit = 1; edit <= 100; edit++) {
      runEdited(edit);
    }

    int fewThatPoolsKeep = 10;
    assertThat(Thread.getAllStackTraces()).hasSizeLessThan(before + fewThatPoolsKeep);
  }

  private void runEdited(int edit) throws Exception {
    TestRun run =
        session.runTests(
            """
            class EditedTest {
              @LoopTest void edit%d() throws Exception {
                Thread.startVirtualThread(() -> {}).join();
                Thread.sleep(1_000);
              }
            }
            Notebook.run()
            """
                .formatted(edit));

    assertThat(names(run)).containsExactly("EditedTest.edit" + edit);
    assertThat(run.hasPassed()).isTrue();
  }

  @Test
  void methodsAtTheTopLevelOfACellAreTestsToo() throws Exception {
    TestRun run =
        session.runTests(
            """
            @Test void plain() {}
            @LoopTest void onALoop(TestLoop loop) throws Exception {
              Thread.sleep(1_000);
              assertEquals(TestLoop.DEFAULT_START.plusSeconds(1), loop.now());
            }
            @Test void failing() { fail("as it should"); }
            Notebook.run()
            """);

    assertThat(names(run))
        .containsExactlyInAnyOrder("Cells.plain", "Cells.onALoop", "Cells.failing");
    assertThat(run.count(Status.FAILED)).isEqualTo(1);
    assertThat(run.toString()).contains("at Cells.failing, line 6 of its cell");
  }

  @Test
  void parametersOfTopLevelTestsHaveAnyType() throws Exception {
    TestRun run =
        session.runTests(
            """
            import org.junit.jupiter.params.*;
            import org.junit.jupiter.params.provider.*;

            @ParameterizedTest @CsvSource("true, 1, 2, c, 4, 5, 6.5, 7.5, text")
            void all(boolean z, byte b, short s, char c, int i, long j, float f, double d, String text) {
              assertEquals("true 1 2 c 4 5 6.5 7.5 text",
                  String.join(" ", z + "", b + "", s + "", c + "", i + "", j + "", f + "", d + "", text));
            }
            @ParameterizedTest @ValueSource(longs = {1, 2}) void longs(long first) { assertTrue(first < 3); }
            @ParameterizedTest @EnumSource(TimeUnit.class) void objects(TimeUnit unit, TestInfo info) {}
            Notebook.run()
            """);

    assertThat(run.toString()).contains("10 passed, in");
  }

  @Test
  void aTestThatJunitRefusesHasFailedAndTheOthersRun() throws Exception {
    session.run("@Test int answer() { return 42; }");
    session.run("@Test long[] answers() { return null; }");
    session.run("record Point(int x, int y) {}\n@Test Point point() { return null; }");
    session.run("class ATest { @Test private void hidden() {} @Test void seen() {} }");
    session.run("@Test void good() {}");

    for (int time = 0; time < 2; time++) {
      TestRun run = session.runTests("Notebook.run()");
      assertThat(names(run))
          .containsExactlyInAnyOrder(
              "Cells.answer",
              "Cells.answers",
              "Cells.point",
              "ATest.hidden",
              "ATest.seen",
              "Cells.good");
      assertThat(run.count(Status.FAILED)).isEqualTo(4);
      assertThat(run.toString())
          .contains("@Test method 'public int Cells.answer()' must not return a value.")
          .contains("@Test method 'private void ATest.hidden()' must not be private.")
          .doesNotContain("REPL");
    }
    assertThat(names(session.runTests("Notebook.run(\"*good|*hidden\")")))
        .containsExactlyInAnyOrder("Cells.good", "ATest.hidden");

    session.run("@Test void answer() {}");
    assertThat(session.runTests("Notebook.run(\"*answer\")").hasPassed()).isTrue();
  }

  @Test
  void whatIsToRunAroundTestsStandsAtTheTopLevelToo() throws Exception {
    session.run(
        """
        import org.junit.jupiter.api.BeforeAll;
        import org.junit.jupiter.api.AfterAll;
        List<String> log = new CopyOnWriteArrayList<>();
        @BeforeAll static void beforeAll() { log.add("before all"); }
        @BeforeEach void before(TestInfo info) { log.add("before " + info.getTestMethod().get().getName()); }
        @AfterEach void after() { log.add("after"); }
        @AfterAll void afterAll() { log.add("after all"); }
        """);
    session.run(
        "@Test void one() { log.add(\"one\"); }\n@LoopTest void two() { log.add(\"two\"); }");

    assertThat(session.runTests("Notebook.run(\"*one\")").hasPassed()).isTrue();
    assertThat(session.run("log"))
        .isEqualTo(List.of("before all", "before one", "one", "after", "after all"));

    session.run(
        "log.clear();\n@BeforeEach void before() { throw new IllegalStateException(\"not ready\"); }");
    TestRun run = session.runTests("Notebook.run()");
    assertThat(run.count(Status.FAILED)).isEqualTo(2);
    assertThat(run.toString()).contains("IllegalStateException: not ready");
  }

  @Test
  void repetitionsAreOneResultButForTheirFailures() throws Exception {
    TestRun run =
        session.runTests(
            """
            class OftenTest {
              @RepeatedTest(40) void often(RepetitionInfo info) {
                assertNotEquals(0, info.getCurrentRepetition() % 10);
              }
            }
            Notebook.run()
            """);

    assertThat(run.results()).hasSize(5);
    assertThat(run.toString())
        .contains("✗ OftenTest.often (36 of 40 passed, ", "    repetition 10 of 40:\n");
    assertThat(run.toHtml()).containsOnlyOnce("<code>OftenTest.often</code> · 36 of 40 passed");
  }

  @Test
  void aTestThatNamesWhatIsNotDeclaredSaysSo() throws Exception {
    session.run("class EarlyTest { @Test void callsWhatComesLater() { later(); } }");

    assertThat(session.runTests("Notebook.run()").toString())
        .contains(
            "This cannot run: its cell names something that no cell has declared or imported so far.");

    session.run("void later() {}");
    assertThat(session.runTests("Notebook.run()").hasPassed()).isTrue();
  }

  @Test
  void testsAreChosenByName() throws Exception {
    session.run("class RetryTest { @Test void waits() {} @Test void retries() {} }");
    session.run("class OtherTest { @Test void waits() {} }");

    assertThat(names(session.runTests("Notebook.run(\"RetryTest\")"))).hasSize(2);
    assertThat(names(session.runTests("Notebook.run(\"*waits\")"))).hasSize(2);
    assertThat(names(session.runTests("Notebook.run(\"Retry*.wait*\")")))
        .containsExactly("RetryTest.waits");
    assertThatThrownBy(() -> session.run("Notebook.run(\"none\")"))
        .hasMessageContaining(
            "No test matches \"none\". The classes with tests are: RetryTest, OtherTest.");
  }

  @Test
  void testsAreForgottenUntilTheirCellRunsAgain() throws Exception {
    String cell = "class ATest { @Test void one() {} @Test void two() {} }";
    session.run(cell);
    session.run(
        "class BTest { @Test void three() {} }\n@Test void four() {}\n@Test void five() {}");

    assertThat(session.run("Notebook.forget(\"BTest|ATest.one|four\")"))
        .isEqualTo(List.of("ATest.one", "BTest", "Cells.four"));
    assertThat(names(session.runTests("Notebook.run()")))
        .containsExactlyInAnyOrder("ATest.two", "Cells.five");
    assertThat(session.run("Notebook.forget(\"BTest\")")).isEqualTo(List.of());

    session.run(cell);
    assertThat(names(session.runTests("Notebook.run()")))
        .containsExactlyInAnyOrder("ATest.one", "ATest.two", "Cells.five");

    session.run("Notebook.forget(\"*\")");
    assertThatThrownBy(() -> session.run("Notebook.run()"))
        .hasMessageContaining("No cell so far has a test");
  }

  @Test
  void aFailedRunFailsItsCellIfTheSessionSaysSo() throws Exception {
    session.run("class ATest { @Test void one() { fail(\"as it should\"); } }");
    try {
      session.run("Notebook.failCells(true);");
      assertThatThrownBy(() -> session.run("Notebook.run()"))
          .isInstanceOf(CellException.class)
          .hasMessageContaining("✗ ATest.one")
          .hasMessageContaining("as it should");
      assertThatThrownBy(() -> session.run("Notebook.seeds(3).run(ATest.class)"))
          .hasMessageContaining("✗ ATest.one");
    } finally {
      Notebook.failCells(false);
    }
    assertThat(session.runTests("Notebook.run()").count(Status.FAILED)).isEqualTo(1);
  }

  @Test
  void theTestsOfTheCellRunAlone() throws Exception {
    session.run("class ATest { @Test void one() {} }\n@Test void two() {}");

    TestRun run =
        session.runTests(
            """
            %%test
            class BTest {
              @Test void three() {}
              @Nested class Inner { @Test void four() {} }
            }
            int helper() { return 5; }
            @Test void six() { assertEquals(5, helper()); }
            """);

    assertThat(names(run))
        .containsExactlyInAnyOrder("BTest.three", "BTest.Inner.four", "Cells.six");
    assertThatThrownBy(() -> session.run("%%test\n1 + 1"))
        .hasMessage("%%test: this cell declares no class and no method.");
    assertThatThrownBy(() -> session.run("%%test\nclass Plain {}"))
        .hasMessageContaining("No test matches");
  }

  @Test
  void testsAreChosenByClass() throws Exception {
    session.run("class ATest { @Test void one() {} }\nclass BTest { @Test void two() {} }");

    assertThat(names(session.runTests("Notebook.run(BTest.class)"))).containsExactly("BTest.two");
    assertThatThrownBy(() -> session.run("Notebook.run(String.class)"))
        .hasMessageContaining("There is no test in String");
  }

  @Test
  void whereThereIsNoTestOneSentenceSaysSo() {
    assertThatThrownBy(() -> session.run("Notebook.run()"))
        .hasMessageContaining("No cell so far has a test");
    assertThatThrownBy(Notebook::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("This is called by no cell");
  }

  /** Two tasks change a counter in two steps; under some schedules one change is lost. */
  private static final String RACE =
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
      """;

  @Test
  void seedsTryManySchedulesAndAFailureIsReplayed() throws Exception {
    session.run(RACE);

    TestRun run = session.runTests("Notebook.seeds(100).run()");
    assertThat(run.count(Status.FAILED)).isEqualTo(1);
    Result failed =
        run.results().stream().filter(r -> r.status() == Status.FAILED).findFirst().orElseThrow();
    assertThat(failed.name()).startsWith("RaceTest.countsBoth [seed ");

    String replay = callAfter("In a cell: ", run.toString());
    TestRun repeated = session.runTests(replay);
    assertThat(repeated.count(Status.FAILED)).isEqualTo(1);
    assertThat(callAfter("In a cell: ", repeated.toString())).isEqualTo(replay);
  }

  private static String callAfter(String words, String report) {
    return report
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(words))
        .map(line -> line.substring(words.length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void seedsAndTokensThatAreNoneAreRefused() {
    assertThatThrownBy(() -> Notebook.seeds(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Notebook.replay("x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatATestPrintsIsShownWithIt() throws Exception {
    TestRun run =
        session.runTests(
            """
            class PrintingTest {
              @Test void plain() { System.out.println("from plain"); }
              @LoopTest void onALoop() { Thread.startVirtualThread(() -> System.err.println("from a task")); }
            }
            Notebook.run()
            """);

    assertThat(result(run, "PrintingTest.plain").output()).isEqualTo("from plain\n");
    assertThat(result(run, "PrintingTest.onALoop").output()).isEqualTo("from a task\n");
  }

  @Test
  void theReportOfADeadlockIsATable() throws Exception {
    TestRun run =
        session.runTests(
            """
            class TransferTest {
              @LoopTest void transfers(TestLoop loop) throws Exception {
                var a = new ReentrantLock();
                var b = new ReentrantLock();
                var there = loop.spawn("there", () -> { a.lock(); Thread.sleep(1); b.lock(); });
                loop.spawn("back", () -> { b.lock(); Thread.sleep(1); a.lock(); });
                there.get();
              }
            }
            Notebook.run()
            """);

    assertThat(run.toString())
        .contains("Deadlock: 2 tasks wait for each other")
        .contains("started at TransferTest.transfers, line 5 of its cell")
        .doesNotContain("JShell");
    assertThat(run.toHtml())
        .contains("<th>Blocked on</th>")
        .contains(
            "<tr><td><code>there</code></td><td>a lock</td><td><code>back</code></td><td>1 ms</td>")
        .contains(
            "<tr><td><code>back</code></td><td>a lock</td><td><code>there</code></td><td>1 ms</td>")
        .contains("What its tasks did", ">there</text>")
        .contains("line 5 of its cell");
  }

  @Test
  void aFailureOfAnExplorationIsShownAsEverywhereElse() throws Exception {
    String cell =
        """
        class SeatsTest {
          final java.util.concurrent.atomic.AtomicInteger seats =
              new java.util.concurrent.atomic.AtomicInteger(1);
          void book() {
            if (seats.get() > 0) {
              seats.decrementAndGet();
            }
          }
          @LoopTest(explore = 1_000)
          void aSeatIsBookedOnce() throws Exception {
            Thread one = Thread.ofVirtual().name("one").start(this::book);
            Thread other = Thread.ofVirtual().name("other").start(this::book);
            one.join();
            other.join();
            assertEquals(0, seats.get());
          }
        }
        Notebook.run()
        """;

    TestRun run = session.runTests(cell);

    ScheduleFailure failure = (ScheduleFailure) run.results().getFirst().failure();
    assertThat(failure.report())
        .contains("1 switch decides: one is preempted between ")
        .contains("seats.get(): 1")
        .contains("Found in schedule ");
    assertThat(run.toString().replaceAll("\\s+", " "))
        .contains("one is preempted between line 5 of its cell (calls seats.get) and line 6 (calls")
        .contains(" line 5 book seats.get(): 1 ")
        .doesNotContain("JShell");
    assertThat(run.toString().lines().map(String::strip))
        .contains(failure.report().lines().toList().getLast())
        .anyMatch(line ->
            line.equals(
                "In a cell: Notebook.replay(\"%s\").run(\"SeatsTest.aSeatIsBookedOnce\")"
                    .formatted(failure.token())));
    assertThat(run.toHtml())
        .contains("1 switch decides: one is preempted between ")
        .contains("What its tasks did", "<title>explored: ");

    TestRun again =
        session.runTests(
            "Notebook.replay(\"%s\").run(\"SeatsTest.aSeatIsBookedOnce\")"
                .formatted(failure.token()));
    assertThat(again.toString()).contains(explained(run));
  }

  /** What is said of the failing schedule, but for how it was found. */
  private static String explained(TestRun run) {
    String text = run.toString();
    return text.substring(text.indexOf("1 switch decides"), text.indexOf("Found in")).strip();
  }

  @Test
  void anInterruptOfTheKernelStopsTheRun() throws Exception {
    reached = new CountDownLatch(1);
    session.run(
        """
        class SlowTest {
          @Test void a() throws Exception {
            dev.standstill.notebook.kernel.TestsInCellsTest.reached.countDown();
            new CountDownLatch(1).await();
          }
          @Test void b() throws Exception {
            dev.standstill.notebook.kernel.TestsInCellsTest.reached.countDown();
            new CountDownLatch(1).await();
          }
        }
        """);
    Future<@Nullable Object> cell = session.start("Notebook.run()");
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    session.interrupt();

    assertThatThrownBy(cell::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The run was interrupted, and has ended.")
        .hasMessageNotContaining("2 failed");
    assertThat(session.run("1 + 1")).isEqualTo(2);
  }

  @Test
  void theLoopOfTheNotebookLivesOnBetweenCellsAndRuns() throws Exception {
    session.run("var queue = new LinkedBlockingQueue<String>();");
    session.run("var echo = Notebook.loop().spawn(\"echo\", () -> queue.take() + \"!\");");
    session.run(
        "class ATest { @LoopTest void passes(TestLoop loop) { assertNotSame(Notebook.loop(), loop); } }");
    assertThat(session.runTests("Notebook.run()").hasPassed()).isTrue();

    session.run("queue.put(\"hello\");");
    assertThat(session.run("echo.get()")).isEqualTo("hello!");
    assertThat(session.run("Notebook.loop().run(() -> EventLoop.current() == Notebook.loop())"))
        .isEqualTo(true);
  }

  @Test
  void theTasksOfTheLoopAreListedWithTheirPlaces() throws Exception {
    session.run(
        """
        var gate = new CountDownLatch(1);
        void waitAtGate() throws InterruptedException {
          gate.await();
        }
        Task<?> guard = Notebook.loop().spawn("guard", () -> waitAtGate());
        Notebook.loop().run(() -> Thread.yield());
        """);

    String tasks = String.valueOf(session.run("Notebook.tasks()"));
    assertThat(tasks).contains("guard (WAITING) Cells.waitAtGate, line 3 of its cell");
    assertThat(session.run("Notebook.tasks().toHtml()"))
        .asString()
        .contains("<tr><td><code>guard</code></td><td>WAITING</td>");

    session.run("gate.countDown();\nguard.get();");
    assertThat(session.run("Notebook.tasks()"))
        .hasToString("No task is running on the notebook's loop.");
    assertThat(session.run("Notebook.tasks().toHtml()"))
        .asString()
        .contains("<p>No task is running on the notebook's loop.</p>")
        .doesNotContain("<table>");
  }

  @Test
  void aStatementOfACellHasNoNameAmongTheTasks() throws Exception {
    session.run("var gate = new CountDownLatch(1);");
    session.run("Task<?> guard = Notebook.loop().spawn(\"guard\", () -> gate.await());");
    session.run("Notebook.loop().run(() -> Thread.yield());");

    assertThat(session.run("Notebook.tasks()"))
        .hasToString("guard (WAITING) a statement of a cell");

    session.run("gate.countDown();\nguard.get();");
  }

  @Test
  void aFailureKeepsItsWholeMessageBesideTheBlockedTasks() throws Exception {
    TestRun run =
        session.runTests(
            """
            class LeftOverTest {
              @LoopTest void leavesOne(TestLoop loop) throws Exception {
                loop.spawn("waiter", () -> new CountDownLatch(1).await());
                Thread.sleep(1);
                fail("first line\\nsecond line");
              }
            }
            Notebook.run()
            """);

    assertThat(run.toHtml())
        .contains("<pre class=\"failed\">first line\nsecond line</pre>")
        .contains("<tr><td><code>waiter</code></td><td>a latch</td>");
  }

  private static List<String> names(TestRun run) {
    return run.results().stream().map(Result::name).toList();
  }

  private static Result result(TestRun run, String name) {
    return run.results().stream()
        .filter(result -> result.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
