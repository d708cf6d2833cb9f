package dev.standstill.timeline;

import dev.standstill.ThrowingRunnable;
import dev.standstill.test.BlockedOn;
import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Traces that tests show: of runs, and made by hand. */
final class Traces {

  private static final StackTraceElement OWN =
      new StackTraceElement("app", null, null, "com.acme.Store", "put", "Store.java", 17);
  private static final StackTraceElement OF_JDK =
      new StackTraceElement(
          null,
          "java.base",
          "25",
          "java.util.concurrent.locks.ReentrantLock",
          "lock",
          "ReentrantLock.java",
          322);

  private Traces() {}

  /** The trace of a program that runs as the first task of a loop. */
  static Trace of(ThrowingRunnable program) {
    TestLoop loop = TestLoop.builder().name("test").traceWithStacks().open();
    try {
      loop.run(() -> {
        program.run();
        return null;
      });
    } catch (Exception | Error expected) {
      // The trace shows it.
    }
    Trace trace = loop.trace();
    try {
      loop.close();
    } catch (RuntimeException expected) {
      // It is about what is left.
    }
    return trace;
  }

  /** Two hosts, one of which cannot reach the other for a while. */
  static Trace network() {
    List<Trace.Task> tasks =
        List.of(
            task(1, "client", 0, "", "alpha"),
            task(2, "server", 0, "", "beta"),
            task(3, "http-1", 2, "http", "beta"),
            task(4, "http-2", 2, "http", "beta"));
    Trace.Wait socket = new Trace.Wait(BlockedOn.SOCKET, "alpha:40001 -> beta:80", 0, false);
    List<Trace.Slice> slices =
        List.of(
            slice(1, 0, 1, "client", outside(), socket),
            slice(
                2,
                0,
                2,
                "server",
                outside(),
                new Trace.Wait(BlockedOn.SOCKET, "beta:80", 0, false)),
            slice(3, 5, 2, "server", new Trace.Cause(Trace.By.SOCKET, 1, 1), null),
            slice(4, 5, 3, "http-1", new Trace.Cause(Trace.By.START, 2, 3), socket),
            slice(
                5,
                5,
                4,
                "http-2",
                new Trace.Cause(Trace.By.START, 2, 3),
                new Trace.Wait(BlockedOn.WORK, "", 0, false)),
            slice(
                6,
                10,
                1,
                "client",
                new Trace.Cause(Trace.By.SOCKET, 3, 4),
                new Trace.Wait(BlockedOn.SLEEP, "", 0, false)),
            slice(7, 3_610, 1, "client", new Trace.Cause(Trace.By.TIMER, 0, 6), socket),
            slice(8, 13_210, 1, "client", new Trace.Cause(Trace.By.TIMER, 0, 7), null));
    return new Trace(
        "two hosts",
        TestLoop.DEFAULT_START,
        "",
        tasks,
        slices,
        List.of(jump(2, 0, 5), jump(5, 5, 10), jump(6, 10, 3_610), jump(7, 3_610, 13_210)),
        List.of(
            new Trace.Failure(
                8, 1, "java.net.SocketTimeoutException: Read timed out", List.of(OF_JDK, OWN))),
        List.of(
            new Trace.Message(1, millis(0), "alpha", "beta", 120, millis(5), "GET /prices"),
            new Trace.Message(4, millis(5), "beta", "alpha", 3_000, millis(10), "200 OK"),
            new Trace.Message(7, millis(3_610), "alpha", "beta", 120, null, "GET /prices")),
        List.of(
            new Trace.Outage("alpha cannot reach beta", 6, millis(3_000), 8, millis(13_210)),
            new Trace.Outage("beta is slow", 4, millis(5), 0, null)),
        List.of(),
        List.of(),
        null,
        new Trace.End(Trace.Outcome.FAILED, "Read timed out", List.of()),
        List.of("com.acme.Store"),
        List.of(new Trace.SourceLine("com/acme/Store.java", 17, "    lock.lock(); // <&>")));
  }

  /** An update that is lost because of one switch. */
  static Trace lostUpdate() {
    return new Trace(
        "explored",
        TestLoop.DEFAULT_START,
        "2-fifo.AA.Bg-6-30655d57",
        List.of(
            task(1, "main", 0, "", ""),
            task(2, "January", 1, "", ""),
            task(3, "February", 1, "", "")),
        List.of(
            slice(1, 0, 1, "main", outside(), new Trace.Wait(BlockedOn.JOIN, "", 2, false)),
            slice(2, 0, 2, "January", new Trace.Cause(Trace.By.START, 1, 1), null),
            slice(3, 0, 3, "February", new Trace.Cause(Trace.By.START, 1, 1), null),
            slice(4, 0, 2, "January", null, null),
            slice(5, 0, 1, "main", new Trace.Cause(Trace.By.COMPLETE, 2, 4), null)),
        List.of(),
        List.of(new Trace.Failure(4, 2, "java.lang.IllegalStateException: Too many", List.of(OWN))),
        List.of(),
        List.of(),
        List.of(
            new Trace.Departure(
                3,
                2,
                3,
                1,
                1,
                "",
                "is preempted",
                "January is preempted before Store.java:17, and February runs")),
        List.of(
            new Trace.Step(2, 2, "Store.java:16", "put", "reads count: 0"),
            new Trace.Step(3, 3, "Store.java:16", "put", "reads count: 0"),
            new Trace.Step(3, 3, "Store.java:17", "put", "writes count: 1"),
            new Trace.Step(4, 2, "Store.java:17", "put", "writes count: 1")),
        new Trace.Passing(List.of(1), withoutLostUpdate()),
        new Trace.End(Trace.Outcome.FAILED, "java.lang.IllegalStateException: Too many", List.of()),
        List.of("com.acme.Store"),
        List.of());
  }

  /** The same without the switch: no update is lost. */
  private static Trace withoutLostUpdate() {
    return new Trace(
        "explored",
        TestLoop.DEFAULT_START,
        "2-fifo.AA.Bg-5-1c2d3e4f",
        List.of(
            task(1, "main", 0, "", ""),
            task(2, "January", 1, "", ""),
            task(3, "February", 1, "", "")),
        List.of(
            slice(1, 0, 1, "main", outside(), new Trace.Wait(BlockedOn.JOIN, "", 2, false)),
            ending(2, 2, "January", new Trace.Cause(Trace.By.START, 1, 1)),
            ending(3, 3, "February", new Trace.Cause(Trace.By.START, 1, 1)),
            ending(4, 1, "main", new Trace.Cause(Trace.By.COMPLETE, 2, 2))),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new Trace.Step(2, 2, "Store.java:16", "put", "reads count: 0"),
            new Trace.Step(2, 2, "Store.java:17", "put", "writes count: 1"),
            new Trace.Step(3, 3, "Store.java:16", "put", "reads count: 1")),
        null,
        new Trace.End(Trace.Outcome.PASSED, "", List.of()),
        List.of("com.acme.Store"),
        List.of());
  }

  private static Trace.Slice ending(long number, int task, String name, Trace.Cause cause) {
    return new Trace.Slice(
        number, Duration.ZERO, task, name, 0, 1, true, cause, null, List.of(OF_JDK, OWN));
  }

  /** So many slices of so many tasks that hand work to each other. */
  static Trace large(int slices, int tasks) {
    List<Trace.Slice> ran = new ArrayList<>(slices);
    List<Trace.Jump> jumps = new ArrayList<>();
    int[] last = new int[tasks + 1];
    for (int i = 0; i < slices; i++) {
      int task = 1 + (int) ((i * 2_654_435_761L >>> 7) % tasks);
      int by = 1 + (task + i) % tasks;
      long time = i / 500;
      if (i % 500 == 0 && i > 0) {
        jumps.add(jump(i, time - 1, time));
      }
      Trace.Cause cause =
          last[by] == 0 || by == task
              ? i % 3 == 0 ? new Trace.Cause(Trace.By.TIMER, 0, i) : null
              : new Trace.Cause(i % 2 == 0 ? Trace.By.QUEUE : Trace.By.UNLOCK, by, last[by]);
      Trace.Wait wait =
          i % 5 == 0
              ? null
              : new Trace.Wait(
                  BlockedOn.values()[i % BlockedOn.values().length], "Thing#" + i % 7, by, false);
      ran.add(
          new Trace.Slice(
              i + 1,
              millis(time),
              task,
              "worker-" + task,
              i % 3,
              3,
              false,
              cause,
              wait,
              i < 1_000 ? List.of(OF_JDK, OWN) : List.of()));
      last[task] = i + 1;
    }
    return new Trace(
        "large",
        TestLoop.DEFAULT_START,
        "",
        IntStream.rangeClosed(1, tasks)
            .mapToObj(id -> task(id, "worker-" + id, 0, id % 2 == 0 ? "workers" : "", ""))
            .toList(),
        ran,
        jumps,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of("com.acme.Store"),
        List.of());
  }

  private static Trace.Task task(int id, String name, int by, String pool, String host) {
    return new Trace.Task(id, name, by, pool, host, id == 1 ? List.of(OWN) : List.of());
  }

  private static Trace.Slice slice(
      long number,
      long millis,
      int task,
      String name,
      Trace.@Nullable Cause cause,
      Trace.@Nullable Wait then) {
    boolean ended = then == null && number != 2 && number != 3;
    return new Trace.Slice(
        number, millis(millis), task, name, 0, 1, ended, cause, then, List.of(OF_JDK, OWN));
  }

  private static Trace.Cause outside() {
    return new Trace.Cause(Trace.By.OUTSIDE, 0, 0);
  }

  private static Trace.Jump jump(long after, long from, long to) {
    return new Trace.Jump(after, millis(from), millis(to));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
