package dev.standstill.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of cells. */
public class CellsTest {

  /** Reached by cells, which see the class path of the tests. */
  public static volatile CountDownLatch reached = new CountDownLatch(1);

  public static volatile Runnable interrupt = () -> {};

  private final Session session;

  CellsTest() throws Exception {
    session = new Session();
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void theValueOfACellIsThatOfTheExpressionThatEndsIt() throws Exception {
    assertThat(session.run("int x = 40;\nint y = 2;\nx + y")).isEqualTo(42);
    assertThat(session.run("x")).isEqualTo(40);
    assertThat(session.run("\"text\"")).isEqualTo("text");
  }

  @Test
  void declarationsAndAssignmentsHaveNoValue() throws Exception {
    assertThat(session.run("int x = 1;")).isNull();
    assertThat(session.run("x = 2")).isNull();
    assertThat(session.run("class A {}")).isNull();
    assertThat(session.run("void nothing() {}\nnothing();")).isNull();
    assertThat(session.run("// only a comment")).isNull();
  }

  @Test
  void aCellSeesWhatEarlierCellsHaveDeclared() throws Exception {
    session.run("record Point(int x, int y) {}");
    session.run("Point mirrored(Point p) { return new Point(p.y(), p.x()); }");

    assertThat(session.run("mirrored(new Point(1, 2)).toString()")).isEqualTo("Point[x=2, y=1]");
  }

  /** JUnit and Standstill both have a class Timeout. */
  @Test
  void allAnnotationsOfJunitAreImportedAndTimeoutIsUnambiguous() throws Exception {
    session.run(
        """
        @Tag("slow") @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
        class ManyTest {
          @BeforeAll static void before() {}
          @AfterAll static void after() {}
          @Order(1) @Timeout(5) @Test void one() { assumeTrue(true); }
          @ParameterizedTest @ValueSource(ints = {1, 2}) void two(int number, @TempDir Path folder) {}
          @TestFactory Stream<DynamicTest> three() { return Stream.empty(); }
          @Disabled @EnabledOnOs(OS.LINUX) @Test void four() {}
        }
        """);

    assertThat(session.run("Notebook.run().toString()")).asString().contains("3 passed, 1 skipped");
    assertThat(session.run("dev.standstill.Timeout.class.getName()"))
        .isEqualTo("dev.standstill.Timeout");
  }

  @Test
  void whatDoesNotCompileIsShownWithItsLine() {
    assertThatThrownBy(() -> session.run("int x = 1;\nint y = nonsense();"))
        .isInstanceOf(CellException.class)
        .hasMessageContaining("cannot find symbol")
        .hasMessageEndingWith("    int y = nonsense();\n            ^");
  }

  @Test
  void aCellThatEndsInTheMiddleIsRefused() {
    assertThatThrownBy(() -> session.run("class A {"))
        .hasMessage("The cell ends in the middle of:\nclass A {");
  }

  @Test
  void whatACellThrowsIsShownDownToTheCell() throws Exception {
    session.run(
        """
        class Account {
          int balance;
          void take(int amount) {
            throw new IllegalArgumentException("There are " + balance);
          }
        }
        """);

    assertThatThrownBy(() -> session.run("new Account().take(5)"))
        .hasMessage("java.lang.IllegalArgumentException: There are 0")
        .extracting(failure -> ((CellException) failure).report())
        .isEqualTo(
            """
            java.lang.IllegalArgumentException: There are 0
                at Account.take, line 4 of its cell
                at this cell: new Account().take(5)\
            """);
  }

  @Test
  void linesCountFromTheBeginningOfTheCell() throws Exception {
    String cell =
        """
        import java.util.zip.CRC32;
        %classpath .

        int zero = 0;
        // A comment.
        class Divider {
          int divide() {
            return 1 / zero;
          }
        }
        """;
    session.run(cell);

    assertThatThrownBy(() -> session.run("new Divider().divide()"))
        .extracting(failure -> ((CellException) failure).report())
        .asString()
        .contains("at Divider.divide, line 8 of its cell");
  }

  @Test
  void anErrorIsShownLikeAnException() {
    assertThatThrownBy(() -> session.run("assertEquals(1, 2)"))
        .isInstanceOf(CellException.class)
        .hasMessageContaining("expected: <1> but was: <2>");
  }

  @Test
  void anInterruptEndsACellThatWaits() throws Exception {
    reached = new CountDownLatch(1);
    session.run(
        """
        void waitForNobody() throws InterruptedException {
          dev.standstill.notebook.kernel.CellsTest.reached.countDown();
          new CountDownLatch(1).await();
        }
        """);
    Future<@Nullable Object> cell = session.start("waitForNobody()");
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    session.interrupt();

    assertThatThrownBy(cell::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("java.lang.InterruptedException");
    assertThat(session.run("Thread.currentThread().isInterrupted()")).isEqualTo(false);
  }

  @Test
  void anInterruptEndsACellBetweenTwoStatements() throws Exception {
    interrupt = session::interrupt;

    assertThatThrownBy(() ->
            session.run(
                "dev.standstill.notebook.kernel.CellsTest.interrupt.run();\nint after = 1;"))
        .hasMessage("The cell was interrupted before:\nint after = 1;");
  }

  @Test
  void anInterruptWhileNoCellRunsDoesNothing() throws Exception {
    session.interrupt();

    assertThat(session.run("Thread.currentThread().isInterrupted()")).isEqualTo(false);
  }

  @Test
  void classesCanBeAddedToTheClassPath(@TempDir Path directory) throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("Added.java"),
            "package added; public class Added { public static int seven() { return 7; } }");
    int status =
        javax.tools.ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", directory.toString(), source.toString());
    assertThat(status).isZero();

    assertThat(session.run("%classpath " + directory + "\nadded.Added.seven()")).isEqualTo(7);
  }

  @Test
  void unknownCommandsAndMissingFilesAreRefused() {
    assertThatThrownBy(() -> session.run("%maven a:b:1"))
        .hasMessageStartingWith("This kernel does not know \"%maven a:b:1\".");
    assertThatThrownBy(() -> session.run("%classpath nowhere.jar"))
        .hasMessageStartingWith("%classpath: there is no nowhere.jar");
  }
}
