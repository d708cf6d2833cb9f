import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.FailedException;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.StructuredTaskScope.TimeoutException;

/** Uses the JDK's structured concurrency, a preview API, on both kinds of loop. */
final class Scopes {

  private static final ScopedValue<String> USER = ScopedValue.newInstance();

  private Scopes() {}

  public static void main(String[] arguments) throws Exception {
    try (EventLoop loop = EventLoop.open()) {
      loop.run(() -> useOn(loop));
      System.out.println("real time: ok");
    }
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> useOn(loop));
      loop.run(Scopes::timeOut);
      check("the time-out of a scope is virtual", elapsed(loop).equals(Duration.ofHours(1)));
      System.out.println("virtual time: ok");
    }
  }

  private static void useOn(EventLoop loop) throws Exception {
    forksRunOnTheLoop(loop);
    firstFailureCancelsTheOthers();
    forksInheritScopedValues();
  }

  private static void forksRunOnTheLoop(EventLoop loop) throws Exception {
    List<String> order = new ArrayList<>();
    try (var scope = StructuredTaskScope.open()) {
      Subtask<EventLoop> one = scope.fork(() -> step(order, "one"));
      Subtask<EventLoop> two = scope.fork(() -> step(order, "two"));
      scope.join();
      check("forks run on the loop of their owner", one.get() == loop && two.get() == loop);
    }
    check("one at a time: " + order, order.equals(List.of("one", "two", "one", "two")));
  }

  private static EventLoop step(List<String> order, String name) {
    order.add(name);
    Thread.yield();
    order.add(name);
    return EventLoop.current();
  }

  private static void firstFailureCancelsTheOthers() throws Exception {
    List<String> seen = new ArrayList<>();
    try (var scope = StructuredTaskScope.open()) {
      scope.fork(() -> {
        try {
          Thread.sleep(Duration.ofDays(1));
        } catch (InterruptedException e) {
          seen.add("interrupted");
        }
      });
      scope.fork(() -> {
        throw new IOException("planned");
      });
      scope.join();
      check("join throws", false);
    } catch (FailedException e) {
      check("join throws the failure", e.getCause().getMessage().equals("planned"));
    }
    check("the sibling was interrupted", seen.equals(List.of("interrupted")));
  }

  private static void forksInheritScopedValues() throws Exception {
    ScopedValue.where(USER, "duke")
        .call(() -> {
          try (var scope = StructuredTaskScope.open()) {
            Subtask<String> user = scope.fork(USER::get);
            scope.join();
            check("scoped values are inherited", user.get().equals("duke"));
          }
          return null;
        });
  }

  private static void timeOut() throws Exception {
    try (var scope =
        StructuredTaskScope.open(
            Joiner.awaitAllSuccessfulOrThrow(),
            configuration -> configuration.withTimeout(Duration.ofHours(1)))) {
      scope.fork(() -> {
        Thread.sleep(Duration.ofDays(1));
        return null;
      });
      scope.join();
      check("join times out", false);
    } catch (TimeoutException expected) {
      // The time of the loop says when.
    }
  }

  private static Duration elapsed(TestLoop loop) {
    return Duration.between(TestLoop.DEFAULT_START, loop.now());
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError("not so: " + what);
    }
  }
}
