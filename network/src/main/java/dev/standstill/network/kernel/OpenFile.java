package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.Parking;
import dev.standstill.jdk.sockets.SocketKernel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Anything that has a file descriptor, and those who wait for it. */
abstract class OpenFile {

  /** Later than all that happens. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * Somebody waits.
   *
   * @param events what for
   * @param until when he looks again by himself
   */
  private record Waiter(Thread thread, int events, long until) {}

  final World world;
  private final Node node;
  private final int number;
  private final List<Waiter> waiters = new ArrayList<>();
  private final Set<Selector> selectors = new LinkedHashSet<>();
  private boolean closed;

  OpenFile(Node node, int number) {
    this.node = node;
    this.world = node.world();
    this.number = number;
  }

  final int number() {
    return number;
  }

  /** The host that it is on. */
  final Node node() {
    return node;
  }

  final boolean isClosed() {
    return closed;
  }

  /** What has happened, of {@link SocketKernel#IN} and its like. */
  abstract int events();

  /** When more will have happened, if nobody does anything; {@link #NEVER} if nothing will. */
  long changesAt() {
    return NEVER;
  }

  /** Says what it is, for messages. */
  abstract String describe();

  /** Is not asked again. */
  void closed() {}

  /** Before a link opens: has all happen that was to happen until now. */
  void settle() {}

  /** A link opens again; {@link #changed} is called later. */
  void reopens(Reopening reopening) {}

  /** All files have got the times that things have after links have opened. */
  void reopened() {}

  /** As reports show what a task waits for. */
  @Override
  public final String toString() {
    return describe();
  }

  /** Its machine has stopped: nobody else learns of it. */
  void vanished() {
    closed();
  }

  final void close() {
    closed = true;
    closed();
    leave();
  }

  final void vanish() {
    closed = true;
    vanished();
    leave();
  }

  private void leave() {
    for (Selector selector : List.copyOf(selectors)) {
      selector.forget(this);
    }
    for (Waiter waiter : List.copyOf(waiters)) {
      LockSupport.unpark(waiter.thread());
    }
  }

  final void watchedBy(Selector selector) {
    selectors.add(selector);
  }

  final void unwatchedBy(Selector selector) {
    selectors.remove(selector);
  }

  /**
   * Waits until one of the events has happened, or a moment has come, or somebody wakes the caller.
   *
   * @return whether it is worth to look again and to wait on, as nothing but time was to come
   */
  final boolean await(int events, long until) {
    int wanted = events | SocketKernel.ERR | SocketKernel.HUP;
    if (closed || (events() & wanted) != 0) {
      return false;
    }
    long now = world.now();
    long wakes = Math.min(until, changesAt());
    if (wakes <= now) {
      return false;
    }
    Waiter waiter = new Waiter(Thread.currentThread(), wanted, wakes);
    waiters.add(waiter);
    try {
      park(wakes == NEVER ? 0 : wakes - now);
    } finally {
      waiters.remove(waiter);
    }
    return wakes < until && world.now() >= wakes;
  }

  /**
   * Parks the caller.
   *
   * @param nanos 0 for no limit
   */
  void park(long nanos) {
    if (nanos == 0) {
      Parking.park(this);
    } else {
      Parking.park(this, nanos);
    }
  }

  /**
   * Something has happened, or will. To be called last: others may run before it returns, if the
   * schedule wants it.
   */
  final void changed() {
    if (!selectors.isEmpty()) {
      List.copyOf(selectors).forEach(selector -> selector.notice(this));
    }
    if (waiters.isEmpty()) {
      return;
    }
    int events = events();
    long changes = changesAt();
    for (Waiter waiter : List.copyOf(waiters)) {
      if ((events & waiter.events()) != 0 || changes < waiter.until()) {
        LockSupport.unpark(waiter.thread());
      }
    }
  }

  /** Wakes all who wait. */
  final void wake() {
    for (Waiter waiter : List.copyOf(waiters)) {
      LockSupport.unpark(waiter.thread());
    }
  }
}
