package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Event;
import dev.standstill.EventLoop;
import dev.standstill.Limiter;
import dev.standstill.Task;
import dev.standstill.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many do something at once is limited, and who, whatever the loop's time. */
abstract class LimiterContract {

  private final EventLoop loop = open();

  abstract EventLoop open();

  @AfterEach
  void close() {
    loop.close();
  }

  private static List<String> names(List<Thread> threads) {
    return threads.stream().map(Thread::getName).toList();
  }

  @Test
  void noMoreThanItsPermitsAndInTurn() throws Exception {
    loop.run(() -> {
      var limiter = new Limiter(2);
      var done = new Event();
      List<String> began = new ArrayList<>();
      List<Task<?>> tasks = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        String name = "task-" + i;
        tasks.add(
            loop.spawn(
                name,
                () -> {
                  try (var _ = limiter.acquire()) {
                    began.add(name);
                    done.await();
                  }
                }));
        Thread.sleep(1);
      }

      assertThat(names(limiter.holders())).containsExactly("task-1", "task-2");
      assertThat(names(limiter.waiting())).containsExactly("task-3", "task-4", "task-5");
      assertThat(limiter.tryAcquire()).isEmpty();
      assertThat(limiter).hasToString("Limiter of 2, of which 2 are held");
      done.set();
      for (Task<?> task : tasks) {
        task.get();
      }
      assertThat(began).containsExactly("task-1", "task-2", "task-3", "task-4", "task-5");
      assertThat(limiter.holders()).isEmpty();
      assertThat(limiter.waiting()).isEmpty();
    });
  }

  @Test
  void aPermitIsGivenBackOnce() throws Exception {
    loop.run(() -> {
      var limiter = new Limiter(1);
      Limiter.Permit first = limiter.tryAcquire().orElseThrow();
      first.close();
      Limiter.Permit second = limiter.acquire();
      first.close();

      assertThat(limiter.holders()).containsExactly(Thread.currentThread());
      assertThat(limiter.tryAcquire()).isEmpty();
      second.close();
      assertThat(limiter.tryAcquire()).isPresent();
    });
  }

  @Test
  void nobodyIsPassedByWhoOnlyTries() throws Exception {
    loop.run(() -> {
      var limiter = new Limiter(1);
      Limiter.Permit permit = limiter.acquire();
      Task<Limiter.Permit> waiter = loop.spawn("waiter", limiter::acquire);
      while (limiter.waiting().isEmpty()) {
        Thread.sleep(1);
      }
      permit.close();
      assertThat(limiter.tryAcquire()).isEmpty();
      waiter.get().close();
    });
  }

  @Test
  void aLimitOfTimeAndACancelEndTheWait() throws Exception {
    loop.run(() -> {
      var limiter = new Limiter(1);
      Limiter.Permit permit = limiter.acquire();
      assertThatThrownBy(() -> Timeout.after(Duration.ofMillis(5), limiter::acquire))
          .isInstanceOf(TimeoutException.class);
      Task<Limiter.Permit> cancelled = loop.spawn("cancelled", limiter::acquire);
      while (limiter.waiting().isEmpty()) {
        Thread.sleep(1);
      }
      cancelled.cancel(true);
      assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
      while (!limiter.waiting().isEmpty()) {
        Thread.sleep(1);
      }
      permit.close();
      limiter.acquire().close();
    });
  }

  @Test
  void needsAPermit() {
    assertThatThrownBy(() -> new Limiter(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A limiter that has 0 permits would let nobody pass: it needs 1 or more.");
  }
}
