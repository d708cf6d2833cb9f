package dev.standstill.examples.guide;

import dev.standstill.explore.Exploration;
import dev.standstill.explore.ExplorationResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Two caches, one of which loads a value twice. */
final class Explore {

  private Explore() {}

  // tag::explore[]
  private static final class Cache {
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    /** Looks, and then puts: another thread may do so in between. */
    String get(String key) {
      if (!values.containsKey(key)) {
        values.put(key, load(key));
      }
      return values.get(key);
    }

    /** Lets the map do both at once. */
    String getOnce(String key) {
      return values.computeIfAbsent(key, this::load);
    }

    private String load(String key) {
      return key + loads.incrementAndGet();
    }
  }

  private static void askTwice(boolean once) throws InterruptedException {
    Cache cache = new Cache();
    Runnable ask = once ? () -> cache.getOnce("a") : () -> cache.get("a");
    Thread one = Thread.ofPlatform().name("one").start(ask);
    Thread other = Thread.ofPlatform().name("other").start(ask);
    one.join();
    other.join();
    if (cache.loads.get() > 1) {
      throw new AssertionError("loaded twice");
    }
  }

  public static void main(String[] args) {
    ExplorationResult careless = Exploration.of(loop -> askTwice(false)).schedules(10_000).run();
    ExplorationResult careful = Exploration.of(loop -> askTwice(true)).schedules(10_000).run();

    var failure = careless.failure().orElseThrow();
    System.out.println(failure.getCause());
    System.out.println(failure.report());
    System.out.println("computeIfAbsent: " + careful.failure().isEmpty());
  }
  // end::explore[]
}
