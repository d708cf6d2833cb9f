package dev.standstill.test.structured;

import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that live as drawn: in groups in groups with limits, they sleep, fail, are cancelled, and
 * clean up for a while or fail in that. They keep book of four laws: no cancel is lost, no
 * interrupt is left over, every child has ended when its group returns, and nothing thrown is
 * swallowed.
 *
 * <p>Plain fields, since only tasks of one loop touch them, but for those that whoever cancels
 * uses.
 */
final class Lives {

  private static final int DEPTH = 2;

  /** Longer than any run. */
  private static final Duration FOR_EVER = Duration.ofDays(1000);

  private final SplittableRandom random;
  private final List<String> broken = new ArrayList<>();
  private int running;
  private int failed;
  private long lived;

  /** Set before the one task is cancelled that {@link #liveUntilCancelled} runs in. */
  private volatile boolean cancelled;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** A failure as drawn. */
  @SuppressWarnings("serial") // nobody serialises it
  private static final class Planned extends IOException {
    Planned(String where) {
      super(where);
    }
  }

  Lives(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Lives again and again, whatever fails, until its task is cancelled. */
  void liveUntilCancelled() {
    begun.countDown();
    try {
      while (lives()) {
        lived++;
      }
    } finally {
      if (running != 0) {
        broken.add(running + " tasks have outlived their groups");
      }
      ended.countDown();
    }
  }

  /** False once it is cancelled. A member that fails interrupts the owner of its group, too. */
  private boolean lives() {
    try {
      liveOnce();
      return true;
    } catch (InterruptedException e) {
      if (!cancelled && allOf(e).stream().noneMatch(Planned.class::isInstance)) {
        broken.add("was interrupted, and nobody has cancelled it");
        return false;
      }
      return !cancelled;
    }
  }

  private void liveOnce() throws InterruptedException {
    try {
      if (random.nextBoolean()) {
        group(DEPTH);
      } else {
        limited(1 + random.nextInt(3));
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // It lives on; whether all is told has been looked at where it was thrown.
    }
    if (Thread.currentThread().isInterrupted() && !cancelled) {
      broken.add("an interrupt is left over");
    }
    pause(); // at the latest here a cancel has to be seen
  }

  /** Limits in limits, of which some expire at one instant. */
  private void limited(int depth) throws Exception {
    Duration limit = millis(4);
    try {
      switch (random.nextInt(3)) {
        case 0 -> Timeout.after(limit, () -> limitedBody(depth));
        case 1 -> Timeout.moveOnAfter(limit, () -> limitedBody(depth));
        default -> TaskGroup.<Object>race(() -> limitedBody(depth), () -> limitedBody(depth));
      }
    } catch (TimeoutException e) {
      if (random.nextBoolean()) {
        throw e;
      }
    }
  }

  private Object limitedBody(int depth) throws Exception {
    if (depth > 0) {
      limited(depth - 1);
      return "limited";
    }
    try {
      Thread.sleep(random.nextInt(4) == 0 ? FOR_EVER : millis(8));
    } finally {
      if (random.nextInt(4) == 0) {
        Thread.sleep(millis(6));
      }
    }
    return "slept";
  }

  /** A group; what its members have thrown has to be found in what it throws. */
  private void group(int depth) throws Exception {
    List<Planned> thrown = new ArrayList<>();
    int[] alive = {0};
    Exception told = null;
    try {
      if (random.nextInt(4) == 0) {
        Timeout.moveOnAfter(millis(6), () -> group(depth, alive, thrown));
      } else {
        group(depth, alive, thrown);
      }
    } catch (Exception e) {
      told = e;
    }
    if (alive[0] != 0) {
      broken.add(alive[0] + " members have outlived their group");
    }
    Set<Throwable> all = allOf(told);
    for (Planned one : thrown) {
      if (!all.contains(one)) {
        broken.add("nobody is told of %s, but of %s".formatted(one.getMessage(), told));
      }
    }
    if (told != null) {
      throw told;
    }
  }

  private void group(int depth, int[] alive, List<Planned> thrown) throws Exception {
    try (var group = TaskGroup.open()) {
      int members = 1 + random.nextInt(3);
      for (int i = 0; i < members; i++) {
        var member = group.spawn("member", () -> member(depth, alive, thrown));
        if (random.nextInt(4) == 0) {
          group.spawn(
              "canceller",
              () -> {
                pause();
                member.cancel(true);
              });
        }
      }
      if (random.nextInt(4) == 0) {
        pause(); // a failing member interrupts this
      }
      if (random.nextInt(4) == 0) {
        Timeout.moveOnAfter(millis(4), group::join);
      } else {
        group.join();
      }
    }
  }

  private void member(int depth, int[] alive, List<Planned> thrown) throws Exception {
    running++;
    alive[0]++;
    try {
      memberBody(depth, thrown);
    } catch (Exception e) { // its group has to tell of all that groups in it have told
      allOf(e).stream()
          .filter(Planned.class::isInstance)
          .map(Planned.class::cast)
          .forEach(thrown::add);
      throw e;
    } finally {
      running--;
      alive[0]--;
    }
  }

  private void memberBody(int depth, List<Planned> thrown) throws Exception {
    try {
      pause();
      switch (random.nextInt(5)) {
        case 0 -> throw planned("a member", thrown);
        case 1 -> limited(1);
        case 2 -> {
          if (depth > 0) {
            group(depth - 1);
          }
        }
        case 3 -> Thread.sleep(millis(6));
        default -> {}
      }
    } catch (InterruptedException e) {
      if (random.nextInt(4) == 0) {
        TaskGroup.<Object>shield(() -> {
          pause();
          return "cleaned up";
        });
      }
      if (random.nextInt(4) == 0) {
        throw planned("a clean-up", thrown);
      }
      throw e;
    } catch (TimeoutException | IllegalStateException e) {
      // no failure of this member; what a group has told was looked at there
    } catch (Planned e) {
      if (thrown.contains(e)) {
        throw e;
      }
    }
  }

  private Planned planned(String where, List<Planned> thrown) {
    Planned planned = new Planned(where + " #" + failed++);
    thrown.add(planned);
    return planned;
  }

  private void pause() throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> Thread.sleep(millis(3));
      case 1 -> Thread.yield();
      default -> {}
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private Duration millis(int bound) {
    return Duration.ofMillis(random.nextInt(bound));
  }

  /** An exception, what has caused it, what is suppressed in it, and so on. */
  static Set<Throwable> allOf(@Nullable Throwable root) {
    Set<Throwable> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    if (root != null) {
      open.add(root);
    }
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (found.add(next)) {
        open.addAll(List.of(next.getSuppressed()));
        if (next.getCause() != null) {
          open.add(next.getCause());
        }
      }
    }
    return found;
  }

  /** To be called before the task is cancelled. */
  void willBeCancelled() {
    cancelled = true;
  }

  /** Counted down when its task, which is never run if it is cancelled before, has begun. */
  CountDownLatch begun() {
    return begun;
  }

  /** Counted down when the task that was cancelled has ended. */
  CountDownLatch ended() {
    return ended;
  }

  /** What was against the laws; once it has ended. */
  List<String> broken() {
    return broken;
  }

  /** How often it went from the beginning; once it has ended. */
  long lived() {
    return lived;
  }
}
