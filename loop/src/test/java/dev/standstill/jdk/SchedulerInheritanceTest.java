package dev.standstill.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * That children follow is the JDK's doing, with no hook of ours. Loom's development branch may
 * change it: this test tells.
 */
class SchedulerInheritanceTest {

  /** Keeps slices until they are run on the thread of the test. */
  private static final class Kept implements Executor {
    private final List<Runnable> ready = new ArrayList<>();

    @Override
    public void execute(Runnable slice) {
      ready.add(slice);
    }

    void runAll() {
      while (!ready.isEmpty()) {
        ready.removeFirst().run();
      }
    }
  }

  private final Kept scheduler = new Kept();

  @BeforeAll
  static void openJdk() {
    JdkCheck.requireForLoops();
  }

  @Test
  void virtualThreadStartedByATaskInheritsTheScheduler() {
    Executor[] inherited = {null};
    VirtualThreads.builder(scheduler)
        .start(
            () -> inherited[0] = VirtualThreads.schedulerOf(Thread.startVirtualThread(() -> {})));
    scheduler.runAll();
    assertThat(inherited[0]).isSameAs(scheduler);
  }

  @Test
  void grandchildInheritsItToo() {
    Executor[] inherited = {null};
    Runnable grandchild = () -> inherited[0] = VirtualThreads.schedulerOf(Thread.currentThread());
    Runnable child = () -> Thread.ofVirtual().start(grandchild);
    VirtualThreads.builder(scheduler).start(() -> Thread.ofVirtual().start(child));
    scheduler.runAll();
    assertThat(inherited[0]).isSameAs(scheduler);
  }

  @Test
  void threadsOfAnExecutorThatATaskMakesInheritIt() {
    Executor[] inherited = {null};
    VirtualThreads.builder(scheduler)
        .start(() -> {
          try (ExecutorService children = Executors.newVirtualThreadPerTaskExecutor()) {
            children.execute(
                () -> inherited[0] = VirtualThreads.schedulerOf(Thread.currentThread()));
          }
        });
    scheduler.runAll();
    assertThat(inherited[0]).isSameAs(scheduler);
  }

  @Test
  void virtualThreadStartedElsewhereHasTheSchedulerOfTheJdk() {
    assertThat(VirtualThreads.schedulerOf(Thread.ofVirtual().unstarted(() -> {})))
        .isNotNull()
        .isNotSameAs(scheduler);
    assertThat(VirtualThreads.schedulerOf(Thread.currentThread())).isNull();
  }
}
