package dev.standstill.examples.guide;

import dev.standstill.test.TestLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Code of docs/replay-a-run.md: statics that start afresh in each run. */
public final class Statics {

  private Statics() {}

  // tag::code[]
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  private static final class Program implements Callable<Integer> {
    @Override
    public Integer call() {
      return REQUESTS.incrementAndGet();
    }
  }

  public static void main(String[] args) throws Exception {
    try (var loop = TestLoop.open()) {
      System.out.println(loop.run(new Program()) + ", " + loop.run(new Program()));

      Callable<Integer> isolated = TestLoop.isolated(Program.class);
      System.out.println(loop.run(isolated) + ", " + loop.run(isolated));
    }
  }
  // end::code[]
}
