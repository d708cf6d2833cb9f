package dev.standstill.examples.hosts;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import dev.standstill.vertx.VertxHost;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/** An HTTP server of Vert.x whose handler waits for a lock, and sleeps, on the event loop. */
public final class VertxTickets {

  private final EventLoop loop;
  private final ReentrantLock office = new ReentrantLock();
  private int sold;

  private VertxTickets(EventLoop loop) {
    this.loop = loop;
  }

  // tag::server[]
  /** Serves on the thread of the loop. The office handles one request at a time, and is slow. */
  HttpServer server(Vertx vertx) {
    return vertx
        .createHttpServer()
        .requestHandler(
            request -> loop.spawn("request", () -> request.response().end(sellTicket())));
  }

  private String sellTicket() throws InterruptedException {
    office.lock();
    try {
      Thread.sleep(100);
      return "ticket " + ++sold;
    } finally {
      office.unlock();
    }
  }

  // end::server[]

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (HttpClient client = HttpClient.newHttpClient()) {
      EventLoop loop = EventLoop.on(VertxHost.of(vertx.getOrCreateContext()));
      HttpServer server = new VertxTickets(loop).server(vertx);
      loop.run(() -> {
        int port = server.listen(0).toCompletionStage().toCompletableFuture().get().actualPort();
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build();
        Callable<String> buy = () -> client.send(request, BodyHandlers.ofString()).body();
        TaskGroup.gather(buy, buy, buy).stream().sorted().forEach(System.out::println);
      });
    }
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }
}
