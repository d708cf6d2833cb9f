package dev.standstill.examples;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Fetches 100 pages on one loop, at most 10 at a time. */
public final class FetchMany {

  private FetchMany() {}

  // tag::code[]
  /** Returns the pages in the order of the addresses. */
  static List<String> fetchAll(List<URI> uris, int atOnce) throws Exception {
    var permits = new Semaphore(atOnce);
    return TaskGroup.gather(uris.stream().map(uri -> limited(permits, uri)).toList());
  }

  private static Callable<String> limited(Semaphore permits, URI uri) {
    return () -> {
      permits.acquire();
      try {
        return Fetch.fetch(uri);
      } finally {
        permits.release();
      }
    };
  }

  public static void main(String[] args) throws Exception {
    try (var server = new PageServer();
        var loop = EventLoop.open()) {
      List<URI> uris = IntStream.range(0, 100).mapToObj(i -> server.uri("/page-" + i)).toList();

      List<String> pages = loop.run(() -> fetchAll(uris, 10));

      System.out.println(pages.size() + " pages, from \"" + pages.getFirst() + '"');
      System.out.println("to \"" + pages.getLast() + '"');
      System.out.println("at most " + server.mostAtOnce() + " at a time");
    }
  }
  // end::code[]
}
