package dev.standstill.test;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who holds virtual time still, and why. Any thread may call. */
final class TimeHolds {

  private final List<Hold> holds = new CopyOnWriteArrayList<>();
  private final Runnable whenLet;

  /**
   * @param whenLet called when a hold was closed
   */
  TimeHolds(Runnable whenLet) {
    this.whenLet = whenLet;
  }

  TestLoop.TimeHold hold(String reason) {
    Hold hold = new Hold(Objects.requireNonNull(reason, "reason"));
    holds.add(hold);
    return hold;
  }

  boolean isHeld() {
    return !holds.isEmpty();
  }

  List<String> reasons() {
    return holds.stream().map(hold -> hold.reason).toList();
  }

  private final class Hold implements TestLoop.TimeHold {
    private final String reason;

    Hold(String reason) {
      this.reason = reason;
    }

    @Override
    public void close() {
      if (holds.remove(this)) {
        whenLet.run();
      }
    }
  }
}
