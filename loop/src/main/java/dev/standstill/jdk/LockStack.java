package dev.standstill.jdk;

/**
 * Keeps the monitors that a driver holds from going away with its tasks. Confined to a thread.
 *
 * <p>HotSpot (tried with JDK 25.0.3) notes the monitors that a platform thread has entered without
 * contention on a stack of eight. A virtual thread that unmounts takes along all that it finds
 * there: also what the platform thread had entered before it began to run the slice, which would
 * then never be free again. No carrier of the JDK's own holds a monitor; a driver may.
 *
 * <p>When the stack is full, HotSpot inflates the monitor that is on it the longest, and an
 * inflated one knows its owner by itself. So entering eight other monitors leaves none of the
 * driver's there.
 */
public final class LockStack {

  private static final int CAPACITY = 8;

  private static final ThreadLocal<LockStack> OWN = ThreadLocal.withInitial(LockStack::new);

  private final Object[] monitors = new Object[CAPACITY];

  private LockStack() {
    for (int i = 0; i < CAPACITY; i++) {
      monitors[i] = new Object();
    }
  }

  /** Makes the monitors that the calling platform thread holds inflated ones. */
  public static void inflateHeld() {
    OWN.get().enter(0);
  }

  private void enter(int depth) {
    if (depth < CAPACITY) {
      synchronized (monitors[depth]) {
        enter(depth + 1);
      }
    }
  }
}
