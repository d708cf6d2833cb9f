package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Asynchronous stages for which a task names no executor run on its loop, as do its children. */
class AsynchronousStagesTest {

  private final TestLoop loop = TestLoop.open();

  @AfterEach
  void close() {
    loop.close();
  }

  static Stream<Arguments> stages() {
    return Stream.of(
        stage("supplyAsync", () -> CompletableFuture.supplyAsync(AsynchronousStagesTest::loop)),
        stage(
            "runAsync and thenApplyAsync",
            () -> CompletableFuture.runAsync(() -> {}).thenApplyAsync(_ -> loop())),
        stage("thenApplyAsync", () -> done().thenApplyAsync(_ -> loop())),
        stage("thenComposeAsync", () -> done().thenComposeAsync(_ -> loopLater())),
        stage("thenCombineAsync", () -> done().thenCombineAsync(done(), (_, _) -> loop())),
        stage("applyToEitherAsync", () -> done().applyToEitherAsync(done(), _ -> loop())),
        stage("handleAsync", () -> done().handleAsync((_, _) -> loop())),
        stage(
            "exceptionallyAsync",
            () ->
                CompletableFuture.<Optional<EventLoop>>failedFuture(new IllegalStateException())
                    .exceptionallyAsync(_ -> loop())),
        stage(
            "completeAsync",
            () ->
                new CompletableFuture<Optional<EventLoop>>()
                    .completeAsync(AsynchronousStagesTest::loop)),
        stage(
            "delayedExecutor",
            () ->
                CompletableFuture.supplyAsync(
                    AsynchronousStagesTest::loop,
                    CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS))),
        stage(
            "defaultExecutor",
            () -> {
              Executor executor = new CompletableFuture<>().defaultExecutor();
              return CompletableFuture.supplyAsync(AsynchronousStagesTest::loop, executor);
            }));
  }

  private static Arguments stage(
      String name, Callable<CompletableFuture<Optional<EventLoop>>> stage) {
    return Arguments.of(name, stage);
  }

  private static Optional<EventLoop> loop() {
    return EventLoop.running();
  }

  private static CompletableFuture<Optional<EventLoop>> loopLater() {
    return CompletableFuture.supplyAsync(AsynchronousStagesTest::loop);
  }

  private static CompletableFuture<String> done() {
    return CompletableFuture.completedFuture("done");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stages")
  void runOnTheLoopOfTheTaskThatMadeThem(
      String name, Callable<CompletableFuture<Optional<EventLoop>>> stage) throws Exception {
    assertThat(loop.run(() -> stage.call().get())).containsSame(loop);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stages")
  void runInTheCommonPoolForEverybodyElse(
      String name, Callable<CompletableFuture<Optional<EventLoop>>> stage) throws Exception {
    loop.run(() -> {});

    assertThat(stage.call().get()).isEmpty();
  }

  @Test
  void anExecutorThatIsNamedIsUsed() throws Exception {
    List<String> ran = new ArrayList<>();
    Executor named =
        body -> {
          ran.add("named");
          body.run();
        };

    loop.run(() -> CompletableFuture.runAsync(() -> ran.add("body"), named).get());

    assertThat(ran).containsExactly("named", "body");
  }

  @Test
  void stagesAreTasksThatMayBlock() throws Exception {
    List<Duration> ends = new ArrayList<>();
    loop.run(() -> {
      CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> sleepAndTell(2, ends));
      CompletableFuture<Void> quick = CompletableFuture.runAsync(() -> sleepAndTell(1, ends));
      CompletableFuture.allOf(slow, quick).get();
    });

    assertThat(ends).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  private void sleepAndTell(long seconds, List<Duration> ends) {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ends.add(Duration.between(TestLoop.DEFAULT_START, loop.now()));
  }

  @Test
  void threadsOfAVirtualThreadExecutorAreTasksOfTheLoop() throws Exception {
    Optional<EventLoop> seen =
        loop.run(() -> {
          try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.submit(AsynchronousStagesTest::loop).get();
          }
        });

    assertThat(seen).containsSame(loop);
  }

  @Test
  void theLoopIsAnExecutorForItsTasks() throws Exception {
    List<Optional<EventLoop>> seen =
        loop.run(() ->
            loop
                .invokeAll(
                    List.<Callable<Optional<EventLoop>>>of(
                        AsynchronousStagesTest::loop, AsynchronousStagesTest::loop))
                .stream()
                .map(Future::resultNow)
                .toList());

    assertThat(seen).containsOnly(Optional.of(loop)).hasSize(2);
  }

  @Test
  void theCommonPoolItselfIsLeftAlone() throws Exception {
    loop.run(() -> {});

    assertThat(ForkJoinPool.commonPool().submit(AsynchronousStagesTest::loop).get()).isEmpty();
  }

  /** The JDK's {@code HttpClient} keeps one in a static. */
  @Test
  void anExecutorThatOutlivesItsLoopIsThatOfWhoeverUsesIt() throws Exception {
    Executor kept = loop.run(() -> new CompletableFuture<Void>().defaultExecutor());
    loop.close();

    try (TestLoop next = TestLoop.open()) {
      Optional<EventLoop> seen =
          next.run(() -> CompletableFuture.supplyAsync(AsynchronousStagesTest::loop, kept).get());
      assertThat(seen).containsSame(next);
    }
    assertThat(CompletableFuture.supplyAsync(AsynchronousStagesTest::loop, kept).get()).isEmpty();
  }
}
