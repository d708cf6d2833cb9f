package dev.standstill.examples;

import dev.standstill.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Fetches a page on a loop. */
public final class Fetch {

  private Fetch() {}

  // tag::code[]
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Straight code: while the answer is on its way, the loop runs other tasks. */
  static String fetch(URI uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  public static void main(String[] args) throws Exception {
    try (var server = new PageServer();
        var loop = EventLoop.open()) {
      String page = loop.run(() -> fetch(server.uri("/hello")));
      System.out.println(page);
    }
  }
  // end::code[]
}
