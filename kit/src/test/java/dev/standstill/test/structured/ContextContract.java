package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Scoped values and thread-locals in tasks, whatever the loop's time: as in any virtual thread, the
 * carrier they share notwithstanding.
 */
abstract class ContextContract {

  private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();
  private static final ThreadLocal<String> LOCAL = ThreadLocal.withInitial(() -> "none");
  private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

  private final EventLoop loop = open();
  private final List<String> seen = new ArrayList<>();

  abstract EventLoop open();

  @AfterEach
  void close() {
    loop.close();
    LOCAL.remove();
    INHERITED.remove();
  }

  @Test
  void scopedValueIsThatOfTheTaskThroughAllItsBlocking() throws Exception {
    loop.run(() -> {
      Task<?> ada = loop.spawn("ada", () -> where("ada"));
      Task<?> bob = loop.spawn("bob", () -> where("bob"));
      ada.get();
      bob.get();
    });

    assertThat(seen) // in real time either may wake first
        .containsExactlyInAnyOrder(
            "ada: ada", "ada: ada", "ada: none", "bob: bob", "bob: bob", "bob: none");
  }

  private void where(String name) throws Exception {
    ScopedValue.where(SCOPED, name)
        .call(() -> {
          seeScoped();
          Thread.sleep(2);
          seeScoped();
          return null;
        });
    Thread.sleep(2);
    seeScoped();
  }

  private void seeScoped() {
    seen.add(Thread.currentThread().getName() + ": " + SCOPED.orElse("none"));
  }

  @Test
  void scopedValueIsNotInheritedByTasksThatAreSpawned() throws Exception {
    loop.run(() ->
        ScopedValue.where(SCOPED, "ada")
            .call(() -> {
              loop.spawn("spawned", this::seeScoped).get();
              try (var group = TaskGroup.open()) {
                group.spawn("grouped", this::seeScoped);
                group.join();
              }
              Thread.ofVirtual().name("started").start(this::seeScoped).join();
              return null;
            }));

    assertThat(seen).containsExactly("spawned: none", "grouped: none", "started: none");
  }

  @Test
  void threadLocalIsThatOfTheTaskThroughAllItsBlocking() throws Exception {
    LOCAL.set("driver");
    loop.run(() -> {
      Task<?> ada = loop.spawn("ada", this::setAndSeeLocal);
      Task<?> bob = loop.spawn("bob", this::setAndSeeLocal);
      ada.get();
      bob.get();
    });

    assertThat(seen).containsExactlyInAnyOrder("ada: none", "ada: ada", "bob: none", "bob: bob");
    assertThat(LOCAL.get()).isEqualTo("driver");
  }

  private void setAndSeeLocal() throws InterruptedException {
    String name = Thread.currentThread().getName();
    seen.add(name + ": " + LOCAL.get());
    LOCAL.set(name);
    Thread.sleep(2);
    seen.add(name + ": " + LOCAL.get());
  }

  @Test
  void inheritableThreadLocalIsThatOfWhoSpawns() throws Exception {
    INHERITED.set("driver");
    loop.run(() -> {
      seen.add(INHERITED.get());
      INHERITED.set("parent");
      Task<?> child = loop.spawn("child", () -> seen.add(INHERITED.get()));
      child.get();
      Thread.startVirtualThread(() -> seen.add(INHERITED.get())).join();
    });

    assertThat(seen).containsExactly("driver", "parent", "parent");
    assertThat(INHERITED.get()).isEqualTo("driver");
  }
}
