package dev.standstill.examples;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A baker fills a shelf for two loaves faster than two customers empty it, with nothing but {@code
 * synchronized}, {@code wait} and {@code notifyAll}.
 *
 * <pre>./standstill run examples/src/main/java/dev/standstill/examples/ProducerConsumer.java</pre>
 */
public final class ProducerConsumer {

  private static final int CAPACITY = 2;
  private static final int LOAVES = 6;
  private static final int BAKING_MINUTES = 10;
  private static final int EATING_MINUTES = 45;

  private ProducerConsumer() {}

  // tag::shelf[]
  /** A bounded buffer. */
  static final class Shelf {

    private final Queue<String> loaves = new ArrayDeque<>();

    synchronized void put(String loaf) throws InterruptedException {
      while (loaves.size() == CAPACITY) {
        wait();
      }
      loaves.add(loaf);
      notifyAll();
    }

    synchronized String take() throws InterruptedException {
      while (loaves.isEmpty()) {
        wait();
      }
      String loaf = loaves.remove();
      notifyAll();
      return loaf;
    }
  }

  // end::shelf[]

  /** Runs one baker and two customers to their ends. */
  public static void main(String[] args) throws InterruptedException {
    Shelf shelf = new Shelf();
    List<Thread> threads = new ArrayList<>();
    threads.add(start("baker", () -> bake(shelf)));
    threads.add(start("Ada", () -> eat(shelf)));
    threads.add(start("Bo", () -> eat(shelf)));
    for (Thread thread : threads) {
      thread.join();
    }
    say("closes");
  }

  private static void bake(Shelf shelf) throws InterruptedException {
    for (int i = 1; i <= LOAVES; i++) {
      Thread.sleep(BAKING_MINUTES * 60_000);
      String loaf = "loaf " + i;
      shelf.put(loaf);
      say("has put " + loaf + " on the shelf");
    }
  }

  private static void eat(Shelf shelf) throws InterruptedException {
    for (int i = 0; i < LOAVES / 2; i++) {
      String loaf = shelf.take();
      say("takes " + loaf);
      Thread.sleep(EATING_MINUTES * 60_000);
    }
  }

  /** What a thread does here. */
  private interface Work {
    void run() throws InterruptedException;
  }

  private static Thread start(String name, Work work) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            work.run();
          } catch (InterruptedException e) {
            say("goes home");
          }
        });
  }

  private static void say(String what) {
    String who = Thread.currentThread().getName();
    System.out.println(LocalTime.now(ZoneOffset.UTC) + " " + who + " " + what);
  }
}
