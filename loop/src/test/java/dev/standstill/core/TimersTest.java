package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimersTest {

  private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
  private final Timers timers = new Timers(clock);
  private final List<String> fired = new ArrayList<>();

  @Test
  void firesInTheOrderOfTime() {
    timers.add(30, () -> fired.add("third"), null);
    timers.add(10, () -> fired.add("first"), null);
    timers.add(20, () -> fired.add("second"), null);
    fireAt(30);
    assertThat(fired).containsExactly("first", "second", "third");
  }

  @Test
  void firesThoseOfOneInstantInTheOrderInWhichTheyWereSet() {
    List<String> set = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String name = "timer " + i;
      set.add(name);
      timers.add(5, () -> fired.add(name), null);
    }
    fireAt(5);
    assertThat(fired).containsExactlyElementsOf(set);
  }

  @Test
  void firesWhatIsDueAtThisVeryNanosecondAndNothingLater() {
    timers.add(10, () -> fired.add("due"), null);
    timers.add(11, () -> fired.add("not yet"), null);
    fireAt(9);
    assertThat(fired).isEmpty();
    fireAt(10);
    assertThat(fired).containsExactly("due");
    assertThat(timers.next()).isEqualTo(11);
  }

  @Test
  void firesWhatATimerSetsForTheVeryInstantToo() {
    timers.add(10, () -> timers.add(0, () -> fired.add("set meanwhile"), null), null);
    fireAt(10);
    assertThat(fired).containsExactly("set meanwhile");
  }

  @Test
  void takesADelayInThePastForNow() {
    clock.moveTo(100);
    timers.add(-50, () -> fired.add("now"), null);
    assertThat(timers.next()).isEqualTo(100);
  }

  @Test
  void neverFiresADelayThatIsLongerThanTimeItself() {
    clock.moveTo(100);
    timers.add(Long.MAX_VALUE, () -> fired.add("never"), null);
    assertThat(timers.next()).isEqualTo(Timers.NONE);
    fireAt(Long.MAX_VALUE / 2);
    assertThat(fired).isEmpty();
  }

  @Test
  void firesNothingThatWasCancelled() {
    timers.add(10, () -> fired.add("kept"), null);
    Timer cancelled = timers.add(10, () -> fired.add("cancelled"), null);
    assertThat(cancelled.cancel(false)).isTrue();
    fireAt(10);
    assertThat(fired).containsExactly("kept");
    assertThat(cancelled.isCancelled()).isTrue();
    assertThat(cancelled.isDone()).isTrue();
  }

  @Test
  void cancelsOnce() {
    Timer timer = timers.add(10, () -> {}, null);
    assertThat(timer.cancel(false)).isTrue();
    assertThat(timer.cancel(false)).isFalse();
    assertThat(timer.isCancelled()).isTrue();
  }

  @Test
  void cannotCancelWhatHasFired() {
    Timer timer = timers.add(10, () -> {}, null);
    fireAt(10);
    assertThat(timer.isDone()).isTrue();
    assertThat(timer.cancel(false)).isFalse();
    assertThat(timer.isCancelled()).isFalse();
  }

  @Test
  void countsATimerWhoseSubjectIsDoneAsNotThere() {
    var subject = new CompletableFuture<String>();
    timers.add(10, () -> fired.add("moot"), subject);
    timers.add(20, () -> fired.add("still wanted"), null);
    subject.complete("done without the timer");
    assertThat(timers.next()).isEqualTo(20);
    fireAt(20);
    assertThat(fired).containsExactly("still wanted");
  }

  @Test
  void cancelsTheSubjectsOfAllThatIsPending() {
    var subject = new CompletableFuture<String>();
    timers.add(10, () -> fired.add("of a subject"), subject);
    timers.add(20, () -> fired.add("of none"), null);
    timers.cancelSubjects();
    assertThat(subject).isCancelled();
    fireAt(20);
    assertThat(fired).containsExactly("of none");
  }

  @Test
  void hasNoNextTimerWhenNothingIsPending() {
    assertThat(timers.next()).isEqualTo(Timers.NONE);
    timers.add(10, () -> {}, null).cancel(false);
    assertThat(timers.next()).isEqualTo(Timers.NONE);
  }

  @Test
  void tellsHowLongATimerHasLeft() {
    Timer timer = timers.add(3_000_000, () -> {}, null);
    clock.moveTo(1_000_000);
    assertThat(timer.getDelay(TimeUnit.MILLISECONDS)).isEqualTo(2);
    assertThat(timer.compareTo(timers.add(2_000_001, () -> {}, null))).isNegative();
  }

  @Test
  void hasNoResultToWaitFor() {
    Timer timer = timers.add(10, () -> {}, null);
    assertThatThrownBy(timer::get)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("A timer of a loop has no result to wait for.");
  }

  private void fireAt(long moment) {
    clock.moveTo(moment);
    timers.fireDue();
  }
}
