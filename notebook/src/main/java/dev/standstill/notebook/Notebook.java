package dev.standstill.notebook;

import dev.standstill.EventLoop;
import java.util.List;

/**
 * What a cell of a notebook calls.
 *
 * <pre>{@code
 * class RetryTest {
 *   @LoopTest
 *   void waitsAMinuteBetweenAttempts() { ... }
 * }
 *
 * Notebook.run()
 * }</pre>
 *
 * <p>The tests of all cells so far run, in the newest definition of each class, on a thread and on
 * loops of their own; the result is shown below the cell. A test is a method with {@code @Test},
 * {@code @LoopTest} or another annotation of JUnit, in a class or at the top level of a cell.
 *
 * <p>Any thread may call; runs take turns. What is printed while tests run is shown with the test
 * that was running, unless a task of {@link #loop()} prints it.
 */
public final class Notebook {

  private Notebook() {}

  /**
   * Runs the tests of all cells, and returns when they are over.
   *
   * @return the result; shown as a table where it is the value of a cell
   * @throws IllegalStateException if it is not called by a cell, or no cell has a test; or if the
   *     calling thread is interrupted, as it is when the kernel is: the run has ended then, and the
   *     message shows what had been run
   */
  public static TestRun run() {
    return TestRunner.DEFAULT.run();
  }

  /**
   * Runs the tests of some classes, and returns when they are over. They need not be defined by
   * cells.
   *
   * @param testClasses the classes, at least one
   * @return the result
   * @throws IllegalStateException if there is no test in them, or the calling thread is interrupted
   */
  public static TestRun run(Class<?>... testClasses) {
    return TestRunner.DEFAULT.run(testClasses);
  }

  /**
   * Runs those tests of all cells whose name matches.
   *
   * @param pattern what the name of the class, of the method, or both with a dot between is; {@code
   *     *} stands for any characters, and {@code |} separates alternatives
   * @return the result
   * @throws IllegalStateException if it is not called by a cell, no test matches, or the calling
   *     thread is interrupted
   */
  public static TestRun run(String pattern) {
    return TestRunner.DEFAULT.run(pattern);
  }

  /**
   * Runs every {@code @LoopTest} method under many seeded schedules, up to the first that fails:
   * {@code Notebook.seeds(1_000).run()}.
   *
   * @param count how many, at least 1; it counts instead of what the tests' annotations say
   * @return what runs tests so
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public static TestRunner seeds(int count) {
    return TestRunner.DEFAULT.seeds(count);
  }

  /**
   * Repeats the one run that a failure has named: {@code
   * Notebook.replay("1-…").run(RetryTest.class)}.
   *
   * @param token what the failure has printed; it counts instead of what the tests' annotations say
   * @return what runs tests so
   * @throws IllegalArgumentException if it is no token
   */
  public static TestRunner replay(String token) {
    return TestRunner.DEFAULT.replay(token);
  }

  /**
   * Forgets tests of cells: the next runs are without them, until their cell runs again. (JShell
   * makes nothing new of a cell that has not changed; kernels other than the one that comes along
   * need {@link #remember} then.)
   *
   * @param pattern which, as for {@link #run(String)}; a class that it names is forgotten whole
   * @return the names of the classes and methods that are forgotten; empty if nothing matches
   * @throws IllegalStateException if it is not called by a cell
   */
  public static List<String> forget(String pattern) {
    return ForgottenTests.forget(CellClasses.withTests(), new NameFilter(pattern));
  }

  /**
   * Undoes {@link #forget}.
   *
   * @param pattern which tests, as for {@link #run(String)}
   */
  public static void remember(String pattern) {
    ForgottenTests.remember(new NameFilter(pattern));
  }

  /**
   * Says whether from now on a run in which a test fails ends its cell as {@link TestRun#check()}
   * does. A notebook that is run without a reader ends there. It begins as the environment variable
   * {@code STANDSTILL_FAIL_CELLS} says, which may be {@code true}.
   *
   * @param fail whether it does
   */
  public static void failCells(boolean fail) {
    TestRunner.failCells(fail);
  }

  /**
   * Returns the notebook's own loop. It runs on a thread of its own, in real time, from the first
   * call on; its tasks live on between cells. A loop that has been closed is replaced by a new one.
   *
   * @return the loop
   */
  public static EventLoop loop() {
    return NotebookLoop.current();
  }

  /**
   * Returns what the tasks of {@link #loop()} are doing.
   *
   * @return the tasks that have not ended; shown as a table where it is the value of a cell
   */
  public static LoopTasks tasks() {
    return NotebookLoop.tasks();
  }
}
