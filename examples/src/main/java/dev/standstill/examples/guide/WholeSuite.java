package dev.standstill.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Tests that know nothing of loops. Run as a program, it runs them on loops. */
final class WholeSuite {

  private WholeSuite() {}

  // tag::suite[]
  static class ReminderTest {

    private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();

    @BeforeEach
    void remind() {
      CompletableFuture.delayedExecutor(3, TimeUnit.DAYS).execute(() -> mails.add("please pay"));
    }

    @Test
    void sendsAMailAfterThreeDays() throws InterruptedException {
      assertEquals("please pay", mails.poll(4, TimeUnit.DAYS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sendsNoneBefore(int days) throws InterruptedException {
      Thread.sleep(Duration.ofDays(days));
      assertEquals(0, mails.size());
      Thread.sleep(Duration.ofDays(2));
    }

    @Test
    void answersToo() throws ExecutionException, InterruptedException {
      var answer = new CompletableFuture<String>();
      Thread.ofPlatform()
          .name("mailbox")
          .start(() -> {
            try {
              while (true) {
                answer.complete(mails.take());
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      assertEquals("please pay", answer.get());
    }
  }

  static class StockTest {
    @Test
    void sellsWhatIsThere() throws InterruptedException {
      var stock = new LinkedBlockingQueue<String>();
      assertEquals("lamp", stock.take());
    }
  }

  // end::suite[]

  public static void main(String[] args) {
    try (LauncherSession session = LauncherFactory.openSession()) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(ReminderTest.class), selectClass(StockTest.class))
                  .configurationParameter("standstill.loop", "all")
                  .configurationParameter("standstill.report", "target/suite.html")
                  .build());
    }
  }
}
