package dev.standstill.junit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopScope;
import dev.standstill.junit.LoopTest;
import dev.standstill.junit.Runs;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What outlives a test has a loop that does so, too. */
class SharedApplicationTest {

  private static final Set<EventLoop> LOOPS = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void forget() {
    LOOPS.clear();
  }

  @LoopTest
  @UsesApplication("clock")
  static class First {

    private final Application clock = Application.named("clock");

    @RepeatedTest(3)
    void itsHeartBeats(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      clock.start();
      int before = clock.beats();
      Thread.sleep(Duration.ofHours(1));
      assertThat(clock.beats() - before).isBetween(59, 61);
    }
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  static class Second extends First {}

  @Test
  void allTestsThatUseItRunOnItsLoopAndItEndsThere() {
    assertThat(failuresOf(First.class, Second.class)).isEmpty();

    assertThat(LOOPS).hasSize(1);
    assertThat(Application.named("clock").isAlive()).isFalse();
    assertThat(Application.named("clock").closedOn()).isEqualTo(LOOPS.stream().findFirst());
  }

  @LoopTest
  @UsesApplication("ended")
  static class Ending {

    private final Application ended = Application.named("ended");

    @RepeatedTest(2)
    void startsItAnew(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      ended.start();
      assertThat(Instant.now()).isEqualTo(TestLoop.DEFAULT_START);
      Thread.sleep(Duration.ofHours(1));
    }

    @AfterEach
    void end() throws InterruptedException {
      ended.close();
    }
  }

  @Test
  void whenItHasEndedSoHasItsLoop() {
    assertThat(failuresOf(Ending.class)).isEmpty();
    assertThat(LOOPS).hasSize(2);
  }

  @LoopTest
  @UsesApplication("own")
  @LoopScope(LoopScope.Kind.METHOD)
  static class WithItsOwn {

    private final Application own = Application.named("own");

    @RepeatedTest(2)
    void startsItAnew(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      own.start();
      assertThat(Instant.now()).isEqualTo(TestLoop.DEFAULT_START);
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @UsesApplication("own")
  @TestMethodOrder(MethodName.class)
  static class WithSeeds {

    private final Application own = Application.named("own");

    @LoopTest
    void before() {
      own.start();
    }

    @LoopTest(seeds = 3)
    void startsItAnew(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      own.start();
      assertThat(Instant.now()).isEqualTo(TestLoop.DEFAULT_START);
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void aTestThatWantsALoopOfItsOwnHasAnApplicationOfItsOwn() {
    assertThat(failuresOf(WithItsOwn.class)).isEmpty();
    assertThat(LOOPS).hasSize(2);
    assertThat(Application.named("own").isAlive()).isFalse();
  }

  @Test
  void runsWithSeedsHaveAnApplicationEach() {
    assertThat(failuresOf(WithSeeds.class)).isEmpty();
    assertThat(LOOPS).hasSize(3);
    assertThat(Application.named("own").isAlive()).isFalse();
  }

  @UsesApplication("failing")
  @TestMethodOrder(MethodName.class)
  static class Failing {

    @LoopTest
    void aFails() throws InterruptedException {
      Application.named("failing").start();
      Thread thread =
          new Thread(() -> {
            throw new IllegalStateException("nobody asks");
          });
      thread.start();
      thread.join();
    }

    @LoopTest
    void bPasses() {
      Application.named("failing").start();
    }
  }

  @Test
  void whatATaskThrowsFailsTheTestThatRan() {
    assertThat(failuresOf(Failing.class))
        .singleElement(InstanceOfAssertFactories.THROWABLE)
        .isInstanceOf(TaskFailedException.class)
        .hasRootCauseMessage("nobody asks");
  }

  @UsesApplication("locked")
  @TestMethodOrder(MethodName.class)
  static class Deadlocking {

    @LoopTest
    void aHangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @LoopTest
    void bHasAFreshLoop() throws InterruptedException {
      assertThat(Instant.now()).isEqualTo(TestLoop.DEFAULT_START);
      Application.named("locked").start();
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void aLoopOnWhichAllStoodStillIsNotUsedAgain() {
    assertThat(failuresOf(Deadlocking.class)).singleElement().isInstanceOf(DeadlockException.class);
  }

  @UsesApplication("slow")
  static class StartingSlowly {

    static CompletableFuture<Void> up = new CompletableFuture<>();

    @LoopTest(realTimeLimit = "2 s")
    void startsIt(TestLoop loop) {
      Application.named("slow")
          .start(() -> {
            try (var _ = loop.holdTime("it starts")) {
              up.join();
            }
          });
    }
  }

  @Test
  void aStartHasALimitOfItsOwn() {
    StartingSlowly.up = new CompletableFuture<>();
    StartingSlowly.up.completeOnTimeout(null, 3, TimeUnit.SECONDS);

    assertThat(failuresOf(StartingSlowly.class)).isEmpty();
  }

  @Test
  void aStartThatTakesLongerIsToldSo() {
    StartingSlowly.up = new CompletableFuture<>();
    Map<String, String> limit = Map.of("standstill.startLimit", "200 ms");

    assertThat(Runs.failures(Runs.with(limit, StartingSlowly.class)))
        .singleElement()
        .asString()
        .containsAnyOf("of starts (standstill.startLimit)", "time is held: it starts");
  }

  @UsesApplication("explored")
  static class Explored {

    @LoopTest(explore = 10)
    void isRefused() {}
  }

  @UsesApplication("real")
  @TestMethodOrder(MethodName.class)
  static class InTwoTimes {

    @LoopTest
    void virtual() {}

    @LoopTest(time = LoopTest.Time.REAL)
    void real() {}
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThat(failuresOf(Explored.class))
        .singleElement()
        .asString()
        .contains("each would have to start application explored anew");
    assertThat(failuresOf(InTwoTimes.class))
        .singleElement()
        .asString()
        .contains(
            "shares application real with other tests, and asks for another loop than theirs");
  }

  private static List<Throwable> failuresOf(Class<?>... testClasses) {
    return Runs.failures(Runs.of(testClasses));
  }
}
