package dev.standstill.test.soak;

import dev.standstill.Event;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A server of requests that take time, fail, and are cancelled by those who do not wait any longer.
 * Its state is the tasks' of one loop.
 */
final class Server {

  /** So many requests use the database at once. */
  private static final int CONNECTIONS = 20;

  private final LinkedBlockingQueue<Request> accepted = new LinkedBlockingQueue<>();
  private final Semaphore database = new Semaphore(CONNECTIONS);
  private long served;
  private int serving;

  private final class Request {
    private final Duration duration;
    private final boolean fails;
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private @Nullable Task<?> task;

    Request(Duration duration, boolean fails) {
      this.duration = duration;
      this.fails = fails;
    }

    private void serve() {
      serving++;
      try {
        answer.complete(TaskGroup.gather(this::look, this::compute).getFirst());
      } catch (Exception e) {
        answer.completeExceptionally(e);
      } finally {
        serving--;
        served++;
      }
    }

    private String look() throws Exception {
      database.acquire();
      try {
        Thread.sleep(duration);
        if (fails) {
          throw new IOException("planned");
        }
        return "found";
      } finally {
        database.release();
      }
    }

    /** Waits for a part of its own. */
    private String compute() throws Exception {
      Event done = new Event();
      Thread part = Thread.startVirtualThread(done::set);
      done.await();
      part.join();
      return "computed";
    }

    void cancel() {
      if (task != null) {
        task.cancel(true);
      } else {
        accepted.remove(this);
      }
    }
  }

  /** Serves until it is interrupted. A group for all requests, as long as the server lives. */
  void serve() throws Exception {
    try (var requests = TaskGroup.open()) {
      try {
        while (true) {
          Request request = accepted.take();
          request.task = requests.spawn("request", request::serve);
        }
      } catch (InterruptedException e) {
        requests.join();
      }
    }
  }

  /** Waits for the answer; whoever is interrupted takes the request back. */
  String ask(Duration duration, boolean fails) throws InterruptedException, IOException {
    Request request = new Request(duration, fails);
    accepted.add(request);
    try {
      return request.answer.get();
    } catch (InterruptedException e) {
      request.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  long served() {
    return served;
  }

  /** Whether it is as it was at first: no request is left, and every connection is back. */
  boolean isIdle() {
    return serving == 0 && accepted.isEmpty() && database.availablePermits() == CONNECTIONS;
  }
}
