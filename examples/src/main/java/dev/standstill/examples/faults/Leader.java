package dev.standstill.examples.faults;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;

/** Works as long as it has the lease, and waits for it else. */
public final class Leader {

  private static final String REGISTRY = "registry";

  private Leader() {}

  // tag::leader[]
  /** Looks whether it still leads, works for 0.1 s, and writes. */
  public static void lead(String name, Collection<String> answers)
      throws IOException, InterruptedException {
    while (true) {
      Instant asked = Instant.now();
      long lease = Long.parseLong(Registry.ask(REGISTRY, "lease " + name));
      Instant until = lease == 0 ? asked : asked.plus(Registry.LEASE);
      while (Instant.now().isBefore(until)) {
        Thread.sleep(100);
        answers.add(name + " " + Registry.ask(REGISTRY, "write %s %d".formatted(name, lease)));
      }
      Thread.sleep(1_000);
    }
  }
  // end::leader[]
}
