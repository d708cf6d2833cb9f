package dev.standstill.examples.guide;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A test that hangs. Run as a program, it shows how the test fails. */
final class HangingTest {

  // tag::test[]
  @LoopTest
  void transfersMoneyBothWays(TestLoop loop) throws Exception {
    var savings = new ReentrantLock();
    var checking = new ReentrantLock();
    var back = loop.spawn("back", () -> transfer(checking, savings));
    transfer(savings, checking);
    back.get();
  }

  private static void transfer(Lock from, Lock to) throws InterruptedException {
    from.lock();
    try {
      Thread.sleep(10);
      to.lock();
      to.unlock();
    } finally {
      from.unlock();
    }
  }

  // end::test[]

  public static void main(String[] args) {
    var results = new SummaryGeneratingListener();
    try (LauncherSession session = LauncherFactory.openSession()) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(HangingTest.class))
                  .build(),
              results);
    }
    results.getSummary().getFailures().forEach(failure -> print(failure.getException()));
  }

  private static void print(Throwable failure) {
    System.out.println(failure);
    for (Throwable details : failure.getSuppressed()) {
      System.out.println(details.getMessage());
    }
  }
}
