package dev.standstill.examples;

import dev.standstill.EventLoop;
import dev.standstill.EventLoop.Current;
import dev.standstill.LoopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Which loop is meant in which thread: four threads do the same at once, and check each step. */
public final class FourThreads {

  private static final int THREADS = 4;
  private static final int ERRANDS = 1_000;

  private FourThreads() {}

  public static void main(String[] args) throws Exception {
    check("the main thread begins without a loop", EventLoop.currentIfPresent().isEmpty());
    check("it gets the main loop on demand", EventLoop.current() == EventLoop.main());
    check("and keeps it", EventLoop.currentIfPresent().get() == EventLoop.main());

    try (PageServer server = new PageServer()) {
      var errands = new int[THREADS]; // only tasks of the main loop touch it
      var together = new CyclicBarrier(THREADS);
      List<FutureTask<EventLoop>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        workers.add(start("worker-" + i, () -> work(number, errands, server, together)));
      }

      // Meanwhile this thread drives the main loop.
      long loops = EventLoop.main().run(() -> resultsOf(workers).stream().distinct().count());
      check("each thread had a loop of its own", loops == THREADS);
    }
    replaceThePolicy();
    EventLoop.main().close();
    System.out.println("Everything is ok...");
  }

  // tag::work[]
  private static EventLoop work(
      int number, int[] errands, PageServer server, CyclicBarrier together) throws Exception {
    Thread thread = Thread.currentThread();

    await(together);
    check("a thread begins without a loop", EventLoop.currentIfPresent().isEmpty());
    checkRefused(
        "asking for it is refused",
        EventLoop::current,
        "Thread \"" + thread.getName() + "\" has no event loop: make one for it");

    await(together);
    EventLoop first = EventLoop.open();
    check("the first loop becomes current", EventLoop.current() == first);
    try (EventLoop second = EventLoop.open()) {
      check("a later one does not", EventLoop.current() == first && second != first);
    }
    checkRefused(
        "asking for that where there is one is refused",
        () -> EventLoop.open(Current.REFUSE),
        "Thread \"" + thread.getName() + "\" has a current loop already");
    try (EventLoop third = EventLoop.open(Current.REPLACE)) {
      check("it replaces it when asked to", EventLoop.current() == third);
    }
    check("a closed loop is not current", EventLoop.currentIfPresent().isEmpty());
    EventLoop.setCurrent(first);
    check("a loop can be set", EventLoop.current() == first);

    await(together);
    check("a task has the loop that runs it", first.run(EventLoop::current) == first);
    check(
        "also on another loop",
        EventLoop.main().submit(EventLoop::current).get() == EventLoop.main());
    String page = first.run(() -> Fetch.fetch(server.uri("/" + number)));
    check("a loop fetches pages in straight code", page.equals("This is /" + number));
    first.close();

    await(together);
    for (int i = 0; i < ERRANDS; i++) {
      int before = i;
      EventLoop.main().execute(() -> errands[number] += errands[number] == before ? 1 : 0);
    }
    int done = EventLoop.main().submit(() -> errands[number]).get();
    check("the main loop has done all errands of the thread in order", done == ERRANDS);
    return first;
  }

  // end::work[]

  /** All threads go on together; if one has failed, the others do not wait for ever. */
  private static void await(CyclicBarrier together) throws Exception {
    together.await(30, TimeUnit.SECONDS);
  }

  private static <V> List<V> resultsOf(List<FutureTask<V>> tasks) throws Exception {
    List<V> results = new ArrayList<>();
    for (FutureTask<V> task : tasks) {
      results.add(task.get());
    }
    return results;
  }

  private static void replaceThePolicy() throws Exception {
    EventLoop.setPolicy(thread -> EventLoop.main());
    try {
      check(
          "under another policy all threads share a loop",
          start("sharing", EventLoop::current).get() == EventLoop.main());
    } finally {
      EventLoop.setPolicy(LoopPolicy.standard());
    }
  }

  private static <V> FutureTask<V> start(String name, Callable<V> body) {
    var task = new FutureTask<V>(body);
    Thread.ofPlatform().name(name).start(task);
    return task;
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(Thread.currentThread().getName() + ": not so: " + what);
    }
  }

  private static void checkRefused(String what, Callable<?> call, String sentence)
      throws Exception {
    try {
      call.call();
    } catch (IllegalStateException e) {
      check(what + ": " + e, e.toString().contains(sentence));
      return;
    }
    check(what, false);
  }
}
