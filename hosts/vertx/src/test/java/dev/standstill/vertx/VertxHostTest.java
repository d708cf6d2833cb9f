package dev.standstill.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import dev.standstill.jdk.VirtualThreads;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks on the event loop of a Vert.x context that serves real requests. */
class VertxHostTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final EventLoop loop = EventLoop.on(VertxHost.of(context));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() throws Exception {
    loop.close();
    client.close();
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  private Thread threadOfContext() throws Exception {
    var thread = new CompletableFuture<Thread>();
    context.runOnContext(nothing -> thread.complete(Thread.currentThread()));
    return thread.get();
  }

  /** Starts a server on the context; a task handles each request. */
  private int serve(String answer) throws Exception {
    var port = new CompletableFuture<Integer>();
    context.runOnContext(nothing -> {
      HttpServer server = vertx.createHttpServer();
      server.requestHandler(request ->
          EventLoop.on(VertxHost.of(Vertx.currentContext()))
              .spawn(
                  "request",
                  () -> {
                    Thread.sleep(1);
                    request.response().end(answer);
                  }));
      server.listen(0).onSuccess(listening -> port.complete(listening.actualPort()));
    });
    return port.get();
  }

  private String fetch(int port) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void tasksRunOnTheThreadOfTheContext() throws Exception {
    assertThat(loop.run(VirtualThreads::currentCarrier)).isSameAs(threadOfContext());
  }

  @Test
  void theSameContextGivesTheSameLoopAndBack() {
    assertThat(EventLoop.on(VertxHost.of(context))).isSameAs(loop);
    assertThat(loop.host().map(host -> ((VertxHost) host).context())).contains(context);
  }

  @Test
  void aHandlerOfARequestMayBlock() throws Exception {
    int port = serve("answered");
    assertThat(fetch(port)).isEqualTo("answered");
  }

  @Test
  void aTaskMayFetchFromTheServerOnItsOwnThread() throws Exception {
    int port = serve("answered");
    assertThat(loop.run(() -> fetch(port))).isEqualTo("answered");
  }

  @Test
  void aTaskThatYieldsAMillionTimesDoesNotStarveRequests() throws Exception {
    int port = serve("answered");
    fetch(port);
    Task<?> task = loop.spawn("yields", () -> yieldTimes(1_000_000));
    int answers = 0;
    while (!task.isDone()) {
      assertThat(fetch(port)).isEqualTo("answered");
      answers++;
    }
    task.get();
    assertThat(answers).isGreaterThan(1);
  }

  private static void yieldTimes(int times) {
    for (int i = 0; i < times; i++) {
      Thread.yield();
    }
  }

  @Test
  void theCheckerOfBlockedThreadsIsSilentWhileATaskBlocks() throws Exception {
    VertxOptions strict =
        new VertxOptions()
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
            .setBlockedThreadCheckInterval(20)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setMaxEventLoopExecuteTime(500);
    Vertx checked = Vertx.vertx(strict);
    Context itsContext = checked.getOrCreateContext();
    var lock = new ReentrantLock();
    try (var warnings = new CheckerWarnings();
        EventLoop itsLoop = EventLoop.on(VertxHost.of(itsContext))) {
      itsLoop.run(() -> TaskGroup.gather(() -> sleepWith(lock), () -> sleepWith(lock)));
      assertThat(warnings.messages()).isEmpty();

      var slept = new CompletableFuture<Object>();
      itsContext.runOnContext(nothing -> slept.complete(sleepWith(lock)));
      slept.get();
      assertThat(warnings.messages()).as("a handler that does block").isNotEmpty();
    } finally {
      get(checked.close());
    }
  }

  private static boolean sleepWith(ReentrantLock lock) {
    lock.lock();
    try {
      Thread.sleep(800);
      return true;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Test
  void aTaskMayWaitForAFutureOfVertx() throws Exception {
    assertThat(loop.run(() -> get(vertx.timer(1).map("rung")))).isEqualTo("rung");
  }

  @Test
  void aContextOfWorkersIsRefused() {
    var workers = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    var verticle =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            VertxHost.of(context);
            return Future.succeededFuture();
          }
        };
    assertThatThrownBy(() -> get(vertx.deployVerticle(verticle, workers)))
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runs its handlers on a pool (threading model WORKER)");
  }

  @Test
  void runIsRefusedOnTheThreadOfTheContext() throws Exception {
    var refused = new CompletableFuture<Throwable>();
    context.runOnContext(nothing -> refused.complete(catchThrowable(() -> loop.run(() -> 1))));
    assertThat(refused.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("on which this loop \"Vert.x context ");
  }

  @Test
  void closingLeavesTheContextOpen() throws Exception {
    Task<?> task = loop.spawn("waiter", () -> new CountDownLatch(1).await());
    loop.run(() -> {});
    loop.close();
    assertThat(task).isCancelled();
    assertThat(threadOfContext().isAlive()).isTrue();
  }

  @Test
  void tasksAreCancelledWhenVertxCloses() throws Exception {
    Task<?> task = loop.spawn("sleeper", () -> Thread.sleep(200));
    loop.run(() -> {});
    get(vertx.close());
    assertThat(loop.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(task).isCancelled();
    assertThatThrownBy(() -> loop.run(() -> 1)).isInstanceOf(RejectedExecutionException.class);
  }
}
