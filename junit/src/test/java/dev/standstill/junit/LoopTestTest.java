package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the code of tests runs. */
class LoopTestTest {

  @Test
  void anHourPassesAtOnce() {
    Runs.passing(Sleeping.class);
  }

  static class Sleeping {
    @LoopTest
    void sleeps(Clock clock) throws InterruptedException {
      Instant before = clock.instant();
      Thread.sleep(Duration.ofHours(1));
      assertThat(Duration.between(before, Instant.now())).isEqualTo(Duration.ofHours(1));
    }
  }

  @Test
  void aTestIsATaskOfALoopThatStandsStill() {
    assertThat(Runs.tests(Runs.passing(Injected.class))).containsExactly("virtual time");
  }

  static class Injected {
    @LoopTest
    void isATask(TestLoop loop, EventLoop same, Clock clock) {
      assertThat(EventLoop.current()).isSameAs(loop).isSameAs(same);
      assertThat(clock.instant()).isEqualTo(TestLoop.DEFAULT_START);
      assertThat(loop.name()).isEqualTo("Injected.isATask");
    }
  }

  @Test
  void theCommonPoolHasAsManyWorkersAsTheTestSays() {
    Runs.passing(SmallPool.class);
  }

  static class SmallPool {
    @LoopTest(commonPool = 1)
    void hasOne() {
      assertThat(ForkJoinPool.getCommonPoolParallelism()).isEqualTo(1);
    }

    @LoopTest
    void hasThree() {
      assertThat(ForkJoinPool.getCommonPoolParallelism()).isEqualTo(3);
    }
  }

  @Test
  void constructorAndFixturesRunInTheTaskOfTheTest() {
    Fixtures.threads.clear();
    Fixtures.loops.clear();

    Runs.passing(Fixtures.class);

    assertThat(Fixtures.threads).hasSize(2);
    assertThat(Fixtures.loops).hasSize(2).allMatch(TestLoop.class::isInstance);
  }

  static class Fixtures {
    static final Set<Thread> threads = new LinkedHashSet<>();
    static final Set<EventLoop> loops = new LinkedHashSet<>();

    private final ThreadLocal<String> bound = new ThreadLocal<>();

    Fixtures(TestLoop loop) {
      assertThat(EventLoop.current()).isSameAs(loop);
      bound.set("by the constructor");
      note();
    }

    @BeforeEach
    void before(TestLoop loop) {
      assertThat(EventLoop.current()).isSameAs(loop);
      note();
    }

    @LoopTest
    void first() {
      note();
    }

    @LoopTest
    void second() {
      note();
    }

    @AfterEach
    void after(Clock clock) {
      assertThat(clock.instant()).isEqualTo(TestLoop.DEFAULT_START);
      note();
    }

    private void note() {
      assertThat(bound.get()).isEqualTo("by the constructor");
      threads.add(Thread.currentThread());
      loops.add(EventLoop.current());
    }
  }

  @Test
  void onAClassItHoldsForTestsOfEveryKind() {
    EveryKind.seen.clear();

    var results = Runs.passing(EveryKind.class);

    results.testEvents().assertStatistics(counts -> counts.succeeded(8));
    assertThat(EveryKind.seen)
        .containsExactlyInAnyOrder(
            "plain",
            "value 1",
            "value 2",
            "repeated",
            "repeated",
            "factory",
            "dynamic",
            "nested",
            "nested outer");
  }

  @LoopTest
  static class EveryKind {
    static final List<String> seen = new ArrayList<>();

    EveryKind() {
      assertThat(EventLoop.current()).isInstanceOf(TestLoop.class);
    }

    static void sleepAndNote(String what) throws InterruptedException {
      Instant before = EventLoop.current() instanceof TestLoop loop ? loop.now() : Instant.MIN;
      Thread.sleep(Duration.ofDays(1));
      assertThat(Duration.between(before, Instant.now())).isEqualTo(Duration.ofDays(1));
      seen.add(what);
    }

    @Test
    void plain() throws InterruptedException {
      sleepAndNote("plain");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int value, TestLoop loop) throws InterruptedException {
      assertThat(EventLoop.current()).isSameAs(loop);
      sleepAndNote("value " + value);
    }

    @RepeatedTest(2)
    void repeated() throws InterruptedException {
      sleepAndNote("repeated");
    }

    @TestFactory
    Stream<DynamicTest> factory() throws InterruptedException {
      sleepAndNote("factory");
      return Stream.of(DynamicTest.dynamicTest("dynamic", () -> sleepAndNote("dynamic")));
    }

    @Nested
    class Inner {
      @Test
      void nested() throws InterruptedException {
        sleepAndNote("nested");
      }

      @LoopTest
      void withItsOwnAnnotation() throws InterruptedException {
        sleepAndNote("nested outer");
      }
    }
  }

  @Test
  void parameterizedTestsMayBearItThemselves() {
    assertThat(Runs.tests(Runs.passing(ParameterizedLoopTest.class)))
        .containsExactly("[1] \"a\"", "[2] \"b\"");
  }

  static class ParameterizedLoopTest {
    @LoopTest
    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void sleeps(String name, TestLoop loop) throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
      assertThat(name).hasSize(1);
    }
  }

  @Test
  void aPlainTestDrivesTheLoopItself() {
    Runs.passing(DrivingItself.class);
  }

  @ExtendWith(LoopExtension.class)
  static class DrivingItself {
    @Test
    void drives(TestLoop loop) throws Exception {
      assertThat(Thread.currentThread().isVirtual()).isFalse();
      var task =
          loop.spawn(
              "sleeper",
              () -> {
                Thread.sleep(Duration.ofMinutes(1));
                return 42;
              });
      loop.advance(Duration.ofSeconds(59));
      assertThat(task.isDone()).isFalse();
      loop.advance(Duration.ofSeconds(1));
      assertThat(task.get()).isEqualTo(42);
    }
  }

  @Test
  void inRealTimeTheLoopIsOneForProduction() {
    assertThat(Runs.tests(Runs.passing(InRealTime.class))).containsExactly("real time");
  }

  static class InRealTime {
    private final EventLoop ofConstructor = EventLoop.current();

    @LoopTest(time = LoopTest.Time.REAL)
    void runs(EventLoop loop, Clock clock) throws Exception {
      assertThat(loop).isNotInstanceOf(TestLoop.class).isSameAs(ofConstructor);
      assertThat(EventLoop.current()).isSameAs(loop);
      assertThat(Duration.between(clock.instant(), Instant.now())).isLessThan(Duration.ofDays(1));
      assertThat(loop.spawn("answer", () -> 42).get()).isEqualTo(42);
    }
  }

  @Test
  void aTestLoopInRealTimeIsRefused() {
    assertThat(Runs.failing(VirtualInRealTime.class))
        .hasMessageContaining("runs in real time and is no TestLoop")
        .hasMessageContaining("leave time = REAL away");
  }

  static class VirtualInRealTime {
    @LoopTest(time = LoopTest.Time.REAL)
    void asks(TestLoop loop) {}
  }

  @Test
  void aThousandTestsThatSleepAnHourEachTakeSeconds() {
    long before = System.nanoTime();

    Runs.passing(Sleepers.class);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofHours(1));
  }

  static class Sleepers {
    @LoopTest
    @RepeatedTest(1_000)
    void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }
}
