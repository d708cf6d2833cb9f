package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  void scopedValueIsInheritedByTasksThatAreSpawned() throws Exception {
    loop.run(() ->
        ScopedValue.where(SCOPED, "ada")
            .call(() -> {
              loop.spawn("spawned", this::seeScoped).get();
              try (var group = TaskGroup.open()) {
                group.spawn(
                    "grouped",
                    () -> {
                      Thread.sleep(1);
                      seeScoped();
                      loop.spawn("grandchild", this::seeScoped).get();
                    });
                group.join();
              }
              return null;
            }));

    assertThat(seen).containsExactly("spawned: ada", "grouped: ada", "grandchild: ada");
  }

  @Test
  void scopedValueIsInheritedByWhatRunsTogether() throws Exception {
    List<String> got =
        loop.run(() ->
            ScopedValue.where(SCOPED, "ada")
                .call(() -> {
                  List<String> all = new ArrayList<>(TaskGroup.gather(SCOPED::get, SCOPED::get));
                  all.add(TaskGroup.race(SCOPED::get));
                  all.add(TaskGroup.shield(SCOPED::get));
                  all.add(TaskGroup.<String>settle(SCOPED::get).getFirst().resultNow());
                  all.add(Timeout.after(Duration.ofHours(1), () -> SCOPED.get()));
                  return all;
                }));

    assertThat(got).hasSize(6).containsOnly("ada");
  }

  @Test
  void scopedValueOfTheCallerReachesTheBodyOfRun() throws Exception {
    assertThat(
            ScopedValue.where(SCOPED, "driver")
                .<String, Exception>call(() -> loop.run(SCOPED::get)))
        .isEqualTo("driver");
    assertThat(loop.<String>run(() -> SCOPED.orElse("none"))).isEqualTo("none");
  }

  /** The task may outlive the code that has bound it, and others may bind it anew meanwhile. */
  @Test
  void scopedValueIsThatOfTheMomentAtWhichTheTaskWasStarted() throws Exception {
    loop.run(() -> {
      Task<?> ada =
          ScopedValue.where(SCOPED, "ada")
              .call(() ->
                  loop.spawn(
                      "ada",
                      () -> {
                        Thread.sleep(2);
                        seeScoped();
                        ScopedValue.where(SCOPED, "own").run(this::seeScoped);
                        seeScoped();
                      }));
      ScopedValue.where(SCOPED, "bob").call(() -> ada.get());
      seeScoped();
    });

    assertThat(seen).containsExactly("ada: ada", "ada: own", "ada: ada", "main: none");
  }

  @Test
  void scopedValueIsNotInheritedByThreadsNorByTasksOfExecutors() throws Exception {
    loop.run(() ->
        ScopedValue.where(SCOPED, "ada")
            .call(() -> {
              Thread.ofVirtual().name("started").start(this::seeScoped).join();
              loop.submit(() -> seen.add("submitted: " + SCOPED.orElse("none"))).get();
              loop.schedule(
                      () -> seen.add("scheduled: " + SCOPED.orElse("none")),
                      1,
                      TimeUnit.MILLISECONDS)
                  .get();
              return null;
            }));

    assertThat(seen).containsExactly("started: none", "submitted: none", "scheduled: none");
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
