package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reactor and RxJava keep their schedulers in statics: the first loop of a JVM makes them, and they
 * serve all later ones. No loop is blamed for their threads.
 */
class StaticSchedulersTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int LOOPS = 4;

  @Test
  void thoseOfReactorServeEveryLoop() throws Exception {
    onSeveralLoops(() -> {
      for (Scheduler scheduler :
          new Scheduler[] {
            Schedulers.parallel(), Schedulers.single(), Schedulers.boundedElastic()
          }) {
        Duration began = Loops.elapsed();
        assertThat(Mono.delay(HOUR, scheduler).map(tick -> Loops.elapsed()).block())
            .isEqualTo(began.plus(HOUR));
        assertThat(Flux.interval(HOUR, scheduler).take(3).count().block()).isEqualTo(3);
        assertThatThrownBy(() -> Mono.never().timeout(HOUR, scheduler).block())
            .hasCauseInstanceOf(TimeoutException.class);
        assertThat(Loops.elapsed()).isEqualTo(began.plus(HOUR.multipliedBy(5)));
      }
      return null;
    });
  }

  @Test
  void blockingCallsRunOnTheElasticSchedulerOfReactor() throws Exception {
    onSeveralLoops(() -> {
      assertThat(
              Flux.range(0, 5)
                  .flatMap(i -> Mono.fromCallable(() -> sleepFor(i)))
                  .subscribeOn(Schedulers.boundedElastic())
                  .collectList()
                  .block())
          .containsExactly(0, 1, 2, 3, 4);
      assertThat(
              Flux.range(0, 5)
                  .flatMap(i ->
                      Mono.fromCallable(() -> sleepFor(5 - i))
                          .subscribeOn(Schedulers.boundedElastic()))
                  .collectList()
                  .block())
          .containsExactly(1, 2, 3, 4, 5);
      assertThat(Loops.elapsed()).isEqualTo(HOUR.multipliedBy(15));
      return null;
    });
  }

  @Test
  void thoseOfRxJavaServeEveryLoop() throws Exception {
    onSeveralLoops(() -> {
      for (io.reactivex.rxjava3.core.Scheduler scheduler :
          new io.reactivex.rxjava3.core.Scheduler[] {
            io.reactivex.rxjava3.schedulers.Schedulers.computation(),
            io.reactivex.rxjava3.schedulers.Schedulers.io(),
            io.reactivex.rxjava3.schedulers.Schedulers.single(),
            io.reactivex.rxjava3.schedulers.Schedulers.newThread(),
            io.reactivex.rxjava3.schedulers.Schedulers.trampoline()
          }) {
        Duration began = Loops.elapsed();
        assertThat(Single.timer(1, TimeUnit.HOURS, scheduler).blockingGet()).isZero();
        assertThat(Observable.interval(1, TimeUnit.HOURS, scheduler).take(3).count().blockingGet())
            .isEqualTo(3);
        assertThat(Loops.elapsed()).isEqualTo(began.plus(HOUR.multipliedBy(4)));
      }
      return null;
    });
  }

  @Test
  void blockingCallsRunOnTheIoSchedulerOfRxJava() throws Exception {
    onSeveralLoops(() -> {
      assertThat(
              Observable.range(0, 5)
                  .flatMapSingle(i ->
                      Single.fromCallable(() -> sleepFor(5 - i))
                          .subscribeOn(io.reactivex.rxjava3.schedulers.Schedulers.io()))
                  .toList()
                  .blockingGet())
          .containsExactly(1, 2, 3, 4, 5);
      assertThat(Loops.elapsed()).isEqualTo(HOUR.multipliedBy(5));
      return null;
    });
  }

  /** What nobody has cancelled ends with its loop, and the next one is not held up by it. */
  @Test
  void anIntervalThatIsLeftDoesNotDisturbTheNextLoop() throws Exception {
    for (int seed = 0; seed < LOOPS; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).leaks(Leaks.IGNORE).open()) {
        loop.run(() -> {
          Flux.interval(Duration.ofMinutes(7)).subscribe();
          Observable.interval(7, TimeUnit.MINUTES).subscribe();
          assertThat(Mono.delay(HOUR).block()).isZero();
          assertThat(Single.timer(1, TimeUnit.HOURS).blockingGet()).isZero();
          assertThat(Loops.elapsed()).isEqualTo(HOUR.multipliedBy(2));
          return null;
        });
      }
    }
  }

  private static int sleepFor(int hours) throws InterruptedException {
    Thread.sleep(HOUR.multipliedBy(hours));
    return hours;
  }

  private static void onSeveralLoops(Callable<?> body) throws Exception {
    for (int seed = 0; seed < LOOPS; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).leaks(Leaks.FAIL).open()) {
        loop.run(body);
      }
    }
  }
}
