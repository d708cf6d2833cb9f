package dev.standstill.jdk;

/**
 * A worker of a pool that keeps its idle workers for good, whose thread has ended with its loop. It
 * goes on when it is unparked: its thread starts anew, on the loop of who does that, and finds
 * itself where it would be after the park.
 *
 * <p>Read from {@code CoroutineScheduler} of kotlinx.coroutines, 1.11.0: what a worker knows is in
 * its own fields, and whoever unparks it has taken it out of the list of parked workers before. As
 * long as it rests, this object is the park blocker of the thread, which has no use for it.
 */
final class RestingWorker {

  private static final String OF_COROUTINES =
      "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker";

  private static final RestingWorker RESTS = new RestingWorker();

  private RestingWorker() {}

  /** Whether {@code thread} can go on after it has ended because it was idle. */
  static boolean canBe(Thread thread) {
    return thread.getClass().getName().equals(OF_COROUTINES);
  }

  /** Begins to rest; the thread has ended. */
  static void begin(Thread thread) {
    ThreadFields.parkBlocker(thread, RESTS);
  }

  /** A task is about to unpark {@code thread}: lets it go on if it rests, and says so. */
  static boolean wake(Thread thread) {
    if (ThreadFields.parkBlocker(thread) != RESTS) {
      return false;
    }
    ThreadFields.unstarted(thread);
    thread.start();
    return true;
  }
}
