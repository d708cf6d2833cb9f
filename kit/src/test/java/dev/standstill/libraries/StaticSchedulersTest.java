package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.ThrowingRunnable;
import dev.standstill.test.TestLoop;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The schedulers that Reactor and RxJava keep in statics run on every loop of a JVM. */
class StaticSchedulersTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final List<Supplier<reactor.core.scheduler.Scheduler>> OF_REACTOR =
      List.of(Schedulers::parallel, Schedulers::boundedElastic, Schedulers::single);

  private static final List<Supplier<Scheduler>> OF_RXJAVA =
      List.of(
          io.reactivex.rxjava3.schedulers.Schedulers::computation,
          io.reactivex.rxjava3.schedulers.Schedulers::io,
          io.reactivex.rxjava3.schedulers.Schedulers::single,
          io.reactivex.rxjava3.schedulers.Schedulers::newThread);

  @Test
  void schedulersOfReactorRunOnEveryLoop() throws Exception {
    onThreeLoops(StaticSchedulersTest::useReactor);
  }

  @Test
  void schedulersOfRxJavaRunOnEveryLoop() throws Exception {
    onThreeLoops(StaticSchedulersTest::useRxJava);
  }

  private static void onThreeLoops(ThrowingRunnable body) throws Exception {
    for (int round = 0; round < 3; round++) {
      try (TestLoop loop = TestLoop.open()) {
        loop.run(body);
      }
    }
  }

  private static void useReactor() {
    for (Supplier<reactor.core.scheduler.Scheduler> scheduler : OF_REACTOR) {
      long began = System.nanoTime();
      String done =
          Mono.delay(HOUR, scheduler.get())
              .then(Mono.fromCallable(StaticSchedulersTest::sleep).subscribeOn(scheduler.get()))
              .block();
      assertThat(done).isEqualTo("done");
      assertTookTwoHours(began);
    }
  }

  private static void useRxJava() {
    for (Supplier<Scheduler> scheduler : OF_RXJAVA) {
      long began = System.nanoTime();
      String done =
          Observable.timer(1, TimeUnit.HOURS, scheduler.get())
              .observeOn(scheduler.get())
              .map(zero -> sleep())
              .blockingFirst();
      assertThat(done).isEqualTo("done");
      assertTookTwoHours(began);
    }
  }

  private static String sleep() throws InterruptedException {
    Thread.sleep(HOUR);
    return "done";
  }

  private static void assertTookTwoHours(long began) {
    long two = HOUR.multipliedBy(2).toNanos();
    assertThat(System.nanoTime() - began).isBetween(two, two + 1_000_000_000);
  }
}
