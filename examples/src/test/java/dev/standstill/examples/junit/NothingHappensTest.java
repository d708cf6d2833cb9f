package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopExtension;
import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that something does not happen. */
class NothingHappensTest {

  // tag::nothing[]
  @LoopTest
  void sendsNothingForTheFirstTwoDays(TestLoop loop) throws InterruptedException {
    List<String> sent = new ArrayList<>();
    loop.background()
        .spawn(
            "reminder",
            () -> {
              Thread.sleep(Duration.ofDays(2));
              sent.add("Still there?");
            });

    loop.expectNothing(Duration.ofDays(2).minusNanos(1));

    assertThat(sent).isEmpty();
  }

  // end::nothing[]

  // tag::queue[]
  @LoopTest
  void nobodyAnswersForAYear() throws InterruptedException {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    assertThat(answers.poll(365, TimeUnit.DAYS)).isNull();
  }

  // end::queue[]

  // tag::driving[]
  @Nested
  @ExtendWith(LoopExtension.class)
  class DrivenByTheTest {

    @Test
    void doesNotTakeTheNextJobBeforeTheFirstIsDone(TestLoop loop) throws Exception {
      BlockingQueue<String> jobs = new LinkedBlockingQueue<>(List.of("first", "second"));
      List<String> done = new ArrayList<>();
      BlockingQueue<Boolean> permits = new LinkedBlockingQueue<>();
      loop.background()
          .spawn(
              "worker",
              () -> {
                while (true) {
                  String job = jobs.take();
                  permits.take();
                  done.add(job);
                }
              });

      loop.runUntilBlocked(); // everything that could happen has happened
      assertThat(jobs).containsExactly("second");
      assertThat(done).isEmpty();

      permits.put(true);
      loop.runUntilBlocked();
      assertThat(jobs).isEmpty();
      assertThat(done).containsExactly("first");
    }
  }
  // end::driving[]
}
