package dev.standstill.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.standstill.junit.LoopTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A suite with a test that flickers. Run as a program, it is searched. */
final class FlakyTests {

  // tag::suite[]
  @LoopTest
  void customersAreToldAfterTheyHavePaid() {
    List<String> log = new CopyOnWriteArrayList<>();
    try (ExecutorService shop = Executors.newFixedThreadPool(2)) {
      shop.execute(() -> log.add("paid"));
      shop.execute(() -> log.add("told"));
    }
    assertEquals(List.of("paid", "told"), log);
  }

  @LoopTest
  void customersAreAskedAgainAfterADay() throws InterruptedException {
    List<String> log = new CopyOnWriteArrayList<>();
    Thread reminder =
        Thread.startVirtualThread(() -> {
          sleep(Duration.ofDays(1));
          log.add("asked again");
        });
    reminder.join();
    assertEquals(List.of("asked again"), log);
  }

  @LoopTest
  void aDayHasTwentyFiveHours() {
    assertEquals(25, Duration.ofDays(1).toHours());
  }

  // end::suite[]

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) {
    var results = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(FlakyTests.class))
            .configurationParameter("standstill.flakes", "200")
            .configurationParameter("standstill.flakes.folder", "none")
            .build(),
        results);
    results.getSummary().getFailures().stream()
        .filter(failure -> failure.getTestIdentifier().isContainer())
        .forEach(failure -> System.out.println(failure.getException().getMessage()));
  }
}
