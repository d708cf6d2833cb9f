package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Virtual threads that a task starts, in whatever way, are tasks of the same loop. */
class ChildrenTest {

  private final EventLoop loop = EventLoop.open("app");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void startedDirectlyRunOnTheLoop() throws Exception {
    List<EventLoop> seen = new ArrayList<>();
    loop.run(() -> {
      Thread.startVirtualThread(() -> seen.add(EventLoop.current())).join();
      Thread.ofVirtual().start(() -> seen.add(EventLoop.current())).join();
      Thread.ofVirtual().factory().newThread(() -> seen.add(EventLoop.current())).start();
      Thread.yield();
    });
    assertThat(seen).containsExactly(loop, loop, loop);
  }

  @Test
  void startedByAnExecutorRunOnTheLoop() throws Exception {
    Future<EventLoop> seen =
        loop.run(() -> {
          try (ExecutorService children = Executors.newVirtualThreadPerTaskExecutor()) {
            return children.submit(EventLoop::current);
          }
        });
    assertThat(seen.resultNow()).isSameAs(loop);
  }

  @Test
  void startedByChildrenRunOnTheLoop() throws Exception {
    CompletableFuture<EventLoop> seen = new CompletableFuture<>();
    Runnable grandchild = () -> seen.complete(EventLoop.current());
    loop.run(() -> Thread.startVirtualThread(() -> Thread.startVirtualThread(grandchild)).join());
    assertThat(loop.<EventLoop>run(seen::join)).isSameAs(loop);
  }

  @Test
  void startedThroughTheLoopAsAnExecutorRunOnTheLoop() throws Exception {
    CompletableFuture<EventLoop> seen = CompletableFuture.supplyAsync(EventLoop::current, loop);
    assertThat(loop.<EventLoop>run(seen::join)).isSameAs(loop);
  }

  @Test
  void takeTurnsWithOtherTasks() throws Exception {
    List<String> order = new ArrayList<>();
    loop.run(() -> {
      Thread child = Thread.startVirtualThread(() -> appendTwice(order, "child"));
      appendTwice(order, "parent");
      child.join();
    });
    assertThat(order).containsExactly("parent", "child", "parent", "child");
  }

  private static void appendTwice(List<String> order, String name) {
    order.add(name);
    Thread.yield();
    order.add(name);
    Thread.yield();
  }

  @Test
  void ofThreadsThatAreNoTasksStayOffTheLoop() throws Exception {
    CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
    Thread.startVirtualThread(() -> onLoop.complete(EventLoop.running().isPresent()));
    assertThat(onLoop.get()).isFalse();
  }
}
