package dev.standstill.examples.hosts;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** An application: its server asks for prices over a connector, here at the server itself. */
final class VertxShop {

  private final EventLoop loop;
  private final HttpClient connector;
  private final HttpServer server;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** To be called by a task of the loop, which waits until the server listens. */
  VertxShop(EventLoop loop, Vertx vertx, HttpClient connector) throws Exception {
    this.loop = loop;
    this.connector = connector;
    HttpServer made = vertx.createHttpServer();
    made.requestHandler(request -> {
      threads.add(Thread.currentThread());
      loop.spawn("request", () -> request.response().end(answer(request.path())));
    });
    server = get(made.listen(0, "127.0.0.1"));
  }

  private String answer(String path) throws Exception {
    if (path.equals("/price")) {
      Thread.sleep(1);
      return "7";
    }
    Callable<Integer> price = () -> Integer.valueOf(fetch("/price"));
    return "" + TaskGroup.gather(price, price).stream().mapToInt(Integer::intValue).sum();
  }

  String fetch(String path) throws Exception {
    Future<Buffer> answer =
        connector
            .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
            .compose(HttpClientRequest::send)
            .compose(HttpClientResponse::body);
    return get(answer).toString();
  }

  /** On which threads requests have come in. */
  Set<Thread> threads() {
    return threads;
  }

  EventLoop loop() {
    return loop;
  }

  /** Waits for what Vert.x does. */
  static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
