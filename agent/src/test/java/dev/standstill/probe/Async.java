package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Uses CompletableFuture without an executor, and its timeouts, on the loop and outside. */
public final class Async {

  private static ScheduledFuture<?> taken;

  private Async() {}

  public static void main(String[] arguments) throws Exception {
    Loop.asyncExecutor = _ -> Runnable::run;
    Loop.scheduleDelayed = Async::take;
    Loop.open();
    Loop.call(Async::onTheLoop);
    System.out.println("outside supplyAsync=" + CompletableFuture.supplyAsync(Loop::isTask).get());
    var timeout =
        new CompletableFuture<String>().completeOnTimeout("late", 1, TimeUnit.MILLISECONDS);
    System.out.println("outside completeOnTimeout=" + timeout.get());
    Loop.scheduleDelayed = _ -> false;
    System.out.println("refused delayedExecutor=" + Loop.call(Async::delayed).get());
  }

  private static Object onTheLoop() throws Exception {
    CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
    print("supplyAsync", CompletableFuture.supplyAsync(Loop::isTask).get());
    print("runAsync", CompletableFuture.runAsync(() -> print("runs", Loop.isTask())).isDone());
    print("thenApplyAsync", done.thenApplyAsync(_ -> Loop.isTask()).get());
    CompletableFuture<String> late = new CompletableFuture<>();
    late.completeOnTimeout("late", 10, TimeUnit.SECONDS);
    print("completeOnTimeout", taken.getDelay(TimeUnit.NANOSECONDS));
    ((Runnable) taken).run();
    print("after the timeout", late.get());
    CompletableFuture<Integer> inTime =
        new CompletableFuture<Integer>().orTimeout(1, TimeUnit.HOURS);
    inTime.complete(1);
    print("cancelled in time", taken.isCancelled());
    CompletableFuture<Boolean> delayed = delayed();
    print("delayedExecutor", taken.getDelay(TimeUnit.NANOSECONDS));
    ((Runnable) taken).run();
    print("after the delay", delayed.get());
    return "done";
  }

  private static CompletableFuture<Boolean> delayed() {
    return CompletableFuture.supplyAsync(
        Loop::isTask, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
  }

  private static boolean take(ScheduledFuture<?> task) {
    taken = task;
    return true;
  }

  private static void print(String what, Object value) {
    System.out.println(what + "=" + value);
  }
}
