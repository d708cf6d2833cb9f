package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.spi.ThreadPool;

/**
 * Quartz fires at every virtual midnight.
 *
 * <p>Its jobs run in an executor here, as Spring lets them run. A thread of Quartz's own pool looks
 * for work twice a second, which makes 5 million looks in a month: it works, but takes a minute.
 */
class QuartzTest {

  private static final List<Instant> NIGHTS = new ArrayList<>();

  /** Writes down when it runs. */
  public static final class Nightly implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      NIGHTS.add(Instant.now());
    }
  }

  /** Runs jobs in an executor. */
  public static final class ExecutorThreadPool implements ThreadPool {

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @Override
    public boolean runInThread(Runnable job) {
      executor.execute(job);
      return true;
    }

    @Override
    public int blockForAvailableThreads() {
      return 1;
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown(boolean waitForJobsToComplete) {
      executor.close();
    }

    @Override
    public int getPoolSize() {
      return 1;
    }

    @Override
    public void setInstanceId(String id) {}

    @Override
    public void setInstanceName(String name) {}
  }

  private static Scheduler scheduler() throws SchedulerException {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.threadPool.class", ExecutorThreadPool.class.getName());
    settings.setProperty("org.quartz.scheduler.idleWaitTime", "3600000");
    return new StdSchedulerFactory(settings).getScheduler();
  }

  @Test
  void aCronOfEveryMidnightFiresForAMonth() throws Exception {
    Loops.runOnEach(() -> {
      NIGHTS.clear();
      Thread.sleep(Duration.ofHours(12));
      Scheduler scheduler = scheduler();
      scheduler.scheduleJob(
          JobBuilder.newJob(Nightly.class).build(),
          TriggerBuilder.newTrigger()
              .withSchedule(
                  CronScheduleBuilder.dailyAtHourAndMinute(0, 0)
                      .inTimeZone(TimeZone.getTimeZone("UTC")))
              .build());
      scheduler.start();
      Thread.sleep(Duration.ofDays(30));
      scheduler.shutdown(true);

      assertThat(NIGHTS).startsWith(Instant.parse("2000-01-02T00:00:00Z"));
      assertThat(NIGHTS).endsWith(Instant.parse("2000-01-31T00:00:00Z")).hasSize(30);
      return null;
    });
  }
}
