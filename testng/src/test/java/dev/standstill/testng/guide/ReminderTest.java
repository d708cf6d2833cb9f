package dev.standstill.testng.guide;

import static org.testng.Assert.assertEquals;

import dev.standstill.testng.OnLoop;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

// tag::listener[]
@OnLoop
public class ReminderTest {

  private final AtomicInteger reminders = new AtomicInteger();
  private ScheduledExecutorService scheduler;

  @BeforeMethod
  public void startReminding() {
    scheduler = Executors.newScheduledThreadPool(1);
    scheduler.scheduleAtFixedRate(reminders::incrementAndGet, 1, 1, TimeUnit.HOURS);
  }

  @Test
  public void remindsEveryHour() throws InterruptedException {
    Thread.sleep(Duration.ofMinutes(150));

    assertEquals(reminders.get(), 2);
  }

  @AfterMethod
  public void stopReminding() {
    scheduler.shutdownNow();
  }
}
// end::listener[]
