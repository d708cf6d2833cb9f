package dev.standstill.examples;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Five philosophers, five forks, each takes the left one first. It goes well for a while.
 *
 * <pre>./standstill run examples/src/main/java/dev/standstill/examples/DiningPhilosophers.java
 * </pre>
 */
public final class DiningPhilosophers {

  private static final List<String> NAMES = List.of("Plato", "Hypatia", "Kant", "Arendt", "Laozi");

  /** The same thoughts in every run: only the schedule differs from seed to seed. */
  private static final Random THOUGHTS = new Random(7);

  private DiningPhilosophers() {}

  /** What lies between two plates. */
  record Fork(int number) {}

  /** Seats the philosophers, and waits until they have had enough, which never happens. */
  public static void main(String[] args) throws InterruptedException {
    List<Fork> forks = IntStream.range(0, NAMES.size()).mapToObj(Fork::new).toList();
    List<Thread> philosophers = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      Fork left = forks.get(i);
      Fork right = forks.get((i + 1) % NAMES.size());
      philosophers.add(Thread.ofVirtual().name(NAMES.get(i)).start(() -> dine(left, right)));
    }
    for (Thread philosopher : philosophers) {
      philosopher.join();
    }
  }

  // tag::dine[]
  private static void dine(Fork left, Fork right) {
    for (int meal = 1; ; meal++) {
      pause(Duration.ofMinutes(THOUGHTS.nextInt(40)));
      synchronized (left) {
        pause(Duration.ofMinutes(10)); // a word with the neighbour
        synchronized (right) {
          say("eats meal " + meal);
          pause(Duration.ofMinutes(20));
        }
      }
    }
  }

  // end::dine[]

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Philosophers are not interrupted.", e);
    }
  }

  private static void say(String what) {
    String who = Thread.currentThread().getName();
    System.out.println(LocalTime.now(ZoneOffset.UTC) + " " + who + " " + what);
  }
}
