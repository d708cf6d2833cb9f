package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.ExecutorHost;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long loops live, and loops that exist already. */
class LoopScopeTest {

  @Test
  void aClassMayShareALoop() {
    OfClass.loops.clear();
    OfClass.moments.clear();

    Runs.passing(OfClass.class);

    assertThat(OfClass.loops).hasSize(1);
    assertThat(OfClass.moments)
        .extracting(moment -> Duration.between(TestLoop.DEFAULT_START, moment).toHours())
        .containsExactly(0L, 1L, 2L, 3L, 3L);
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  static class OfClass {
    static final Set<EventLoop> loops = new LinkedHashSet<>();
    static final List<Instant> moments = new ArrayList<>();

    static BlockingQueue<Integer> requests;

    static void note() {
      loops.add(EventLoop.current());
      moments.add(Instant.now());
    }

    @BeforeAll
    static void startServer(TestLoop loop) {
      note();
      requests = new LinkedBlockingQueue<>();
      loop.background()
          .spawn(
              "server",
              () -> {
                while (true) {
                  requests.take();
                }
              });
    }

    @Test
    void first() throws InterruptedException {
      requests.put(1);
      Thread.sleep(Duration.ofHours(1));
      note();
    }

    @Test
    void second() throws InterruptedException {
      requests.put(2);
      Thread.sleep(Duration.ofHours(1));
      note();
    }

    @Nested
    class Inner {
      @Test
      void third() throws InterruptedException {
        Thread.sleep(Duration.ofHours(1));
        note();
      }
    }

    @AfterAll
    static void stopServer() {
      note();
    }
  }

  @Test
  void aTaskThatOutlivesTheScopeFailsTheClass() {
    assertThat(Runs.failing(LeakingOfClass.class))
        .isInstanceOf(LeakedTaskException.class)
        .hasMessageContaining("TestLoop \"LeakingOfClass\" was closed with 1 task left:")
        .hasMessageContaining("\"worker\" is blocked on a queue");
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  static class LeakingOfClass {
    @Test
    void first(TestLoop loop) {
      loop.spawn("worker", () -> new LinkedBlockingQueue<>().take());
    }

    @Test
    void second() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  @Test
  void classesMayShareALoop() {
    Shared.loops.clear();

    Runs.passing(FirstOfShared.class, SecondOfShared.class);

    assertThat(Shared.loops).hasSize(1);
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.SHARED)
  abstract static class Shared {
    static final Set<EventLoop> loops = new LinkedHashSet<>();

    @Test
    void notes() {
      loops.add(EventLoop.current());
    }
  }

  static class FirstOfShared extends Shared {}

  static class SecondOfShared extends Shared {}

  @Test
  void fixturesOfAClassNeedALoopThatItsTestsShare() {
    assertThat(Runs.failing(WithoutScope.class))
        .hasMessageContaining("Use @LoopScope(LoopScope.Kind.CLASS) for one that they share.");
  }

  @LoopTest
  static class WithoutScope {
    @BeforeAll
    static void asks(TestLoop loop) {}

    @Test
    void neverRuns() {}
  }

  @Test
  void oneInstanceForTestsThatHaveALoopEachIsRefused() {
    assertThat(Runs.failing(OneInstance.class))
        .hasMessage(
            "%s has one instance for all its tests (@TestInstance(PER_CLASS)), and each of them a loop of its own: add @LoopScope(LoopScope.Kind.CLASS), or leave PER_CLASS away.",
            OneInstance.class.getName());
  }

  @LoopTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    @Test
    void neverRuns() {}
  }

  @Test
  void oneInstanceOfAClassRunsOnTheLoopOfTheClass() {
    Runs.passing(OneInstanceOnOneLoop.class);
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstanceOnOneLoop {
    private final EventLoop ofConstructor = EventLoop.current();

    @BeforeAll
    void beforeAll() {
      assertThat(EventLoop.current()).isSameAs(ofConstructor);
    }

    @Test
    void first() {
      assertThat(EventLoop.current()).isSameAs(ofConstructor);
    }

    @Test
    void second() {
      assertThat(EventLoop.current()).isSameAs(ofConstructor);
    }
  }

  @Test
  void aNestedClassMayHaveALoopOfItsOwn() {
    Runs.passing(Outer.class);
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  static class Outer {
    static EventLoop ofOuter;

    @BeforeAll
    static void beforeAll() {
      ofOuter = EventLoop.current();
    }

    @Nested
    @LoopScope(LoopScope.Kind.CLASS)
    class Inner {
      @Test
      void runsElsewhere(TestLoop loop) {
        assertThat(loop.name()).isEqualTo("Inner");
        assertThat(EventLoop.current()).isSameAs(loop).isNotSameAs(ofOuter);
      }
    }

    @Test
    void runs() {
      assertThat(EventLoop.current()).isSameAs(ofOuter);
    }
  }

  @Test
  void aClassMayRunOnALoopThatExists() {
    try (EventLoop application = EventLoop.start("application")) {
      Hosted.application = application;

      Runs.passing(Hosted.class, HostedLoopTest.class);

      assertThat(application.isShutdown()).isFalse();
    }
  }

  @Test
  void aClassMayRunOnTheThreadOfAnExecutorThatExists() throws Exception {
    try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
      HostedByExecutor.application = EventLoop.on(ExecutorHost.of(executor));

      Runs.passing(HostedByExecutor.class);

      assertThat(executor.submit(() -> "still open").get()).isEqualTo("still open");
    }
  }

  static class HostedByExecutor {
    static EventLoop application;

    @RegisterExtension static LoopExtension loops = LoopExtension.on(() -> application);

    private final EventLoop ofConstructor = EventLoop.current();

    @Test
    void runs(EventLoop loop) throws InterruptedException {
      Thread.sleep(1);
      assertThat(EventLoop.current()).isSameAs(application).isSameAs(loop).isSameAs(ofConstructor);
    }
  }

  @Test
  void aLoopThatDoesNotExistYetIsRefused() {
    assertThat(Runs.failing(HostedByNobody.class))
        .hasMessage(
            "The supplier of LoopExtension.on() gave null for %s: the loop has to exist when the class begins.",
            HostedByNobody.class.getName());
  }

  static class HostedByNobody {
    @RegisterExtension static LoopExtension loops = LoopExtension.on(() -> null);

    @Test
    void neverRuns() {}
  }

  static class Hosted {
    static EventLoop application;

    @RegisterExtension static LoopExtension loops = LoopExtension.on(() -> application);

    private final EventLoop ofConstructor = EventLoop.current();

    @BeforeAll
    static void beforeAll(EventLoop loop) {
      assertThat(EventLoop.current()).isSameAs(application).isSameAs(loop);
    }

    @BeforeEach
    void before() {
      assertThat(EventLoop.current()).isSameAs(application);
    }

    @Test
    void runs(EventLoop loop) throws InterruptedException {
      Thread.sleep(1);
      assertThat(EventLoop.current()).isSameAs(application).isSameAs(loop).isSameAs(ofConstructor);
    }
  }

  @LoopTest
  static class HostedLoopTest extends Hosted {
    @LoopTest
    void runsToo(EventLoop loop) {
      assertThat(EventLoop.current()).isSameAs(application).isSameAs(loop);
    }
  }
}
