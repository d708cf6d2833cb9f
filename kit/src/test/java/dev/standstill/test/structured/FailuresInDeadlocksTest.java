package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.TaskGroup;
import dev.standstill.ThrowingRunnable;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Whatever a deadlock keeps a group from telling, its report tells: what a member has thrown. */
class FailuresInDeadlocksTest {

  private static final String NAMED =
      "Kept by a task group of \"failing\" at 2000-01-01T00:00:00.001Z, and nobody has asked for it: java.io.IOException: disk";

  private final Semaphore never = new Semaphore(0);

  private static void assertNamed(ThrowingRunnable body) {
    TestLoop loop = TestLoop.open();
    DeadlockException deadlock;
    try {
      deadlock = catchThrowableOfType(DeadlockException.class, () -> loop.run(body));
    } finally {
      loop.shutdownNow();
    }
    assertThat(deadlock.getMessage())
        .startsWith("Deadlock: ")
        .contains(NAMED)
        .contains("      at " + FailuresInDeadlocksTest.class.getName() + ".fail(");
  }

  private static Object fail() throws Exception {
    Thread.sleep(1);
    throw new IOException("disk");
  }

  private Object waitForEver() {
    never.acquireUninterruptibly();
    return "never";
  }

  @Test
  void whenTheOwnerWaitsForSomethingElse() {
    assertNamed(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("failing", FailuresInDeadlocksTest::fail);
        waitForEver();
      }
    });
  }

  @Test
  void whenTheOwnerJoinsAndAnotherMemberIgnoresItsCancel() {
    assertNamed(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("failing", FailuresInDeadlocksTest::fail);
        group.spawn("other", this::waitForEver);
        group.join();
      }
    });
  }

  @Test
  void whenTheFailureLeavesTheBlockAndAnotherMemberIgnoresItsCancel() {
    assertNamed(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("failing", FailuresInDeadlocksTest::fail);
        group.spawn("other", this::waitForEver);
        Thread.sleep(2);
      }
    });
  }

  @Test
  void whenSomebodyHasAskedTheFailingMember() {
    assertNamed(() -> {
      try (var group = TaskGroup.open()) {
        var failing = group.spawn("failing", FailuresInDeadlocksTest::fail);
        group.spawn("other", this::waitForEver);
        try {
          failing.get();
        } catch (Exception e) {
          group.join();
        }
      }
    });
  }

  @Test
  void whenTheGroupIsANestedOne() {
    assertNamed(() -> {
      try (var outer = TaskGroup.open()) {
        outer.spawn(
            "owner",
            () -> {
              try (var group = TaskGroup.open()) {
                group.spawn("failing", FailuresInDeadlocksTest::fail);
                group.spawn("other", this::waitForEver);
                group.join();
              }
            });
        outer.join();
      }
    });
  }

  @Test
  void isNotNamedAnyMoreOnceTheOwnerWasTold() {
    TestLoop loop = TestLoop.open();
    DeadlockException deadlock =
        catchThrowableOfType(
            DeadlockException.class,
            () ->
                loop.run(() -> {
                  try {
                    TaskGroup.<Object>gather(FailuresInDeadlocksTest::fail);
                  } catch (IOException e) {
                    waitForEver();
                  }
                }));
    loop.shutdownNow();
    assertThat(deadlock.getMessage()).doesNotContain("disk");
  }
}
