package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows a task as stages of a {@code CompletableFuture}, whatever the loop's time. */
abstract class StagesContract {

  private static final IOException FAILURE = new IOException("disk");

  private final EventLoop loop = open();

  abstract EventLoop open();

  @AfterEach
  void close() {
    loop.close();
  }

  private static boolean isOn(EventLoop loop) {
    return EventLoop.running().orElse(null) == loop;
  }

  @Test
  void stagesRunOnTheLoopAndMayBlock() throws Exception {
    String result =
        loop.run(() ->
            loop.spawn(
                    "price",
                    () -> {
                      Thread.sleep(5);
                      return 40;
                    })
                .toCompletableFuture()
                .thenApply(price -> {
                  sleep();
                  return price + 2;
                })
                .thenApply(price -> price + " on loop: " + isOn(loop))
                .get());

    assertThat(result).isEqualTo("42 on loop: true");
  }

  private static void sleep() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  /** The JDK would run most of them in the thread that asks, which is none of the loop. */
  @Test
  void everyKindOfStageRunsOnTheLoopAlsoIfTheTaskIsDone() throws Exception {
    Task<Integer> task = loop.spawn("one", () -> 1);
    Task<Integer> failed = loop.spawn("failed", () -> fail());
    loop.run(() -> {});
    CompletableFuture<Integer> one = task.toCompletableFuture();
    CompletableFuture<Integer> broken = failed.toCompletableFuture();
    CompletableFuture<Integer> other = CompletableFuture.completedFuture(2);
    List<Boolean> on = new ArrayList<>(); // only tasks of the loop touch it
    Runnable look = () -> on.add(isOn(loop));
    Function<Object, Integer> looking =
        value -> {
          look.run();
          return 3;
        };
    Function<Object, CompletionStage<Integer>> composing =
        value -> CompletableFuture.completedFuture(looking.apply(value));

    List<CompletableFuture<?>> stages =
        List.of(
            one.thenApply(looking),
            one.thenAccept(looking::apply),
            one.thenRun(look),
            one.thenCombine(other, (a, b) -> looking.apply(a)),
            one.thenAcceptBoth(other, (a, b) -> look.run()),
            one.runAfterBoth(other, look),
            one.applyToEither(other, looking::apply),
            one.acceptEither(other, looking::apply),
            one.runAfterEither(other, look),
            one.thenCompose(composing::apply),
            one.whenComplete((value, failure) -> look.run()),
            one.handle((value, failure) -> looking.apply(value)),
            broken.exceptionally(looking::apply),
            broken.exceptionallyCompose(composing::apply),
            one.thenApplyAsync(looking),
            one.thenRun(look).thenRun(look));
    loop.run(() -> CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get());

    assertThat(on).hasSize(stages.size() + 1).containsOnly(true);
  }

  private static int fail() throws IOException {
    throw FAILURE;
  }

  @Test
  void failureReachesTheStagesAndCountsAsSeen() throws Exception {
    CompletableFuture<Integer> failing = loop.spawn("failing", () -> fail()).toCompletableFuture();
    Throwable handled = loop.run(() -> failing.<Throwable>handle((value, e) -> e).get());

    assertThat(handled).isSameAs(FAILURE);
    assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class).hasCause(FAILURE);
    loop.close(); // throws what nobody has asked for, on a test loop
  }

  @Test
  void cancellingTheTaskCancelsTheFuture() throws Exception {
    Task<Void> task = loop.spawn("sleeper", () -> Thread.sleep(Duration.ofDays(1)));
    CompletableFuture<Void> future = task.toCompletableFuture();
    loop.run(() -> {});
    task.cancel(true);

    assertThat(future).isCancelled();
    assertThat(loop.<Boolean>run(() -> future.<Boolean>handle((value, e) -> isCancel(e)).get()))
        .isTrue();
  }

  private static boolean isCancel(Throwable thrown) {
    return thrown instanceof CancellationException;
  }

  @Test
  void cancellingTheFutureCancelsTheTaskAndCancellingAStageDoesNot() throws Exception {
    List<String> seen = new ArrayList<>();
    CountDownLatch never = new CountDownLatch(1);
    Task<Void> task =
        loop.spawn(
            "waiter",
            () -> {
              try {
                never.await();
              } finally {
                seen.add("ended");
              }
            });
    CompletableFuture<Void> future = task.toCompletableFuture();
    loop.run(() -> {});
    future.thenRun(() -> seen.add("ran")).cancel(true);
    assertThat(task.isCancelled()).isFalse();
    future.cancel(true);
    assertThat(task.isCancelled()).isTrue();
    loop.close();

    assertThat(seen).containsExactly("ended");
  }

  @Test
  void futureIsAlwaysTheSame() {
    Task<Integer> task = loop.spawn("one", () -> 1);
    assertThat(task.toCompletableFuture()).isSameAs(task.toCompletableFuture());
  }

  @Test
  void stagesOfAClosedLoopAreRefused() throws Exception {
    Task<Integer> task = loop.spawn("one", () -> 1);
    loop.run(() -> {});
    loop.close();

    assertThatThrownBy(task.toCompletableFuture().thenApply(value -> value)::get)
        .hasRootCauseInstanceOf(RejectedExecutionException.class);
  }
}
