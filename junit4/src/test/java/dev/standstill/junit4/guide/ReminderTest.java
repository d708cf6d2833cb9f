package dev.standstill.junit4.guide;

import static org.junit.Assert.assertEquals;

import dev.standstill.junit4.LoopRunner;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;

// tag::runner[]
@RunWith(LoopRunner.class)
public class ReminderTest {

  private final AtomicInteger reminders = new AtomicInteger();
  private ScheduledExecutorService scheduler;

  @Before
  public void startReminding() {
    scheduler = Executors.newScheduledThreadPool(1);
    scheduler.scheduleAtFixedRate(reminders::incrementAndGet, 1, 1, TimeUnit.HOURS);
  }

  @Test
  public void remindsEveryHour() throws InterruptedException {
    Thread.sleep(Duration.ofMinutes(150));

    assertEquals(2, reminders.get());
  }

  @After
  public void stopReminding() {
    scheduler.shutdownNow();
  }
}
// end::runner[]
