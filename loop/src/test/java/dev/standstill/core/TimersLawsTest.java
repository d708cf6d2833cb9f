package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** {@link Timers} beside a list that is sorted anew for each question. */
class TimersLawsTest {

  private static final int SEEDS = 4_000;
  private static final int STEPS = 60;

  /** What the model knows of a timer; the list holds them in the order in which they were set. */
  private record Expected(int number, long when, Timer timer, CompletableFuture<Void> subject) {}

  @Test
  void agreesWithASortedListWhateverIsSetCancelledAndFired() {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(seed).run();
    }
  }

  private static final class Run {
    private final long seed;
    private final Random random;
    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
    private final Timers timers = new Timers(clock);
    private final List<Expected> model = new ArrayList<>();
    private final List<Integer> fired = new ArrayList<>();
    private int added;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(8)) {
          case 0 -> cancelOne();
          case 1 -> completeOneSubject();
          case 2 -> fireUpTo(clock.nanos() + random.nextInt(6));
          default -> set();
        }
        long next = timers.next();
        assertThat(next).as("next, seed %d", seed).isEqualTo(expectedNext());
      }
      fireUpTo(clock.nanos() + 100);
      assertThat(timers.next()).as("left, seed %d", seed).isEqualTo(Timers.NONE);
    }

    /** Few different instants, so that many timers share one. */
    private void set() {
      int number = added++;
      var subject = new CompletableFuture<Void>();
      Timer timer = timers.add(random.nextInt(-2, 12), () -> fired.add(number), subject);
      model.add(new Expected(number, timer.when, timer, subject));
    }

    private void cancelOne() {
      if (!model.isEmpty()) {
        Expected chosen = model.remove(random.nextInt(model.size()));
        assertThat(chosen.timer().cancel(false)).as("cancel, seed %d", seed).isTrue();
      }
    }

    private void completeOneSubject() {
      if (!model.isEmpty()) {
        model.remove(random.nextInt(model.size())).subject().complete(null);
      }
    }

    private void fireUpTo(long moment) {
      Predicate<Expected> due = timer -> timer.when() <= moment;
      List<Integer> expected =
          model.stream()
              .filter(due)
              .sorted(Comparator.comparingLong(Expected::when))
              .map(Expected::number)
              .toList();
      model.removeIf(due);
      fired.clear();
      clock.moveTo(moment);
      timers.fireDue();
      assertThat(fired).as("fired, seed %d", seed).isEqualTo(expected);
    }

    private long expectedNext() {
      return model.stream().mapToLong(Expected::when).min().orElse(Timers.NONE);
    }
  }
}
