package dev.standstill.junit4;

import dev.standstill.test.TestLoop;
import dev.standstill.test.stage.LoopedTest;
import dev.standstill.test.stage.Stage;
import dev.standstill.test.stage.Work;
import org.jspecify.annotations.Nullable;
import org.junit.runner.Description;
import org.junit.runners.model.MultipleFailureException;
import org.junit.runners.model.Statement;

/** A statement made of code, such as one that runs another statement on a loop. Immutable. */
final class LoopStatement extends Statement {

  /** What a statement does. */
  @FunctionalInterface
  interface Body {
    void run() throws Throwable;
  }

  private final Body body;

  private LoopStatement(Body body) {
    this.body = body;
  }

  static LoopStatement of(Body body) {
    return new LoopStatement(body);
  }

  /** Runs a test with its fixtures on a loop of its own, or on as many as it wants. */
  static Statement onOwnLoop(Statement test, Description description) {
    return of(() -> {
      if (isOnLoop()) {
        test.evaluate();
      } else {
        LoopSettings.of(description)
            .perform(description, LoopSettings.nameOf(description), work(test));
      }
    });
  }

  /** Runs a test with its fixtures on the loop of its class. */
  static Statement onLoopOfClass(Statement test, Description description, Stage stage) {
    return of(() -> {
      if (isOnLoop()) {
        test.evaluate();
      } else {
        LoopedTest settings = LoopSettings.of(description);
        Throwable failure = null;
        try {
          stage.runWithFixtures(work(test), settings.timeout());
        } catch (Throwable e) {
          failure = e;
          throw e;
        } finally {
          settings.writeTimeline(stage, LoopSettings.nameOf(description), failure);
          stage.tell(description);
        }
      }
    });
  }

  /** A runner or an outer rule may have brought the test to its loop already. */
  private static boolean isOnLoop() {
    return TestLoop.currentIfPresent().isPresent();
  }

  static Work<@Nullable Void> work(Statement statement) {
    return () -> {
      try {
        statement.evaluate();
      } catch (MultipleFailureException e) {
        throw single(e);
      }
      return null;
    };
  }

  /** JUnit reports the failures in such an exception, but nothing of what is suppressed in it. */
  static Throwable single(Throwable failure) {
    if (failure instanceof MultipleFailureException several && !several.getFailures().isEmpty()) {
      Throwable first = several.getFailures().getFirst();
      several.getFailures().stream().skip(1).forEach(first::addSuppressed);
      return first;
    }
    return failure;
  }

  @Override
  public void evaluate() throws Throwable {
    body.run();
  }
}
