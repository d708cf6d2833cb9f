package dev.standstill.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a hook asks its delegate and when it does as the JDK would. */
class HooksTest {

  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void install() {
    Hooks.install(
        () -> 1,
        () -> 2,
        second -> second + 3,
        _ -> task -> asked.add("async"),
        _ -> asked.add("delayed"),
        () -> asked.add("enter"),
        () -> asked.add("process"),
        in -> asked.add("service " + in),
        () -> asked.add("exit"),
        nanos -> asked.add("pinned " + nanos),
        status -> asked.add("exit " + status));
    Hooks.active = true;
  }

  @AfterEach
  void deactivate() {
    Hooks.active = false;
  }

  @Test
  void asksForAVirtualThread() throws Exception {
    assertThat(onVirtualThread(Hooks::nanoTime)).isEqualTo(1);
    assertThat(onVirtualThread(Hooks::currentTimeMillis)).isEqualTo(2);
    assertThat(onVirtualThread(() -> Hooks.getNanoTimeAdjustment(4))).isEqualTo(7);
  }

  @Test
  void doesNotAskForAPlatformThread() {
    assertThat(Hooks.nanoTime()).isNotEqualTo(1);
    assertThat(Hooks.currentTimeMillis()).isNotEqualTo(2);
    assertThat(Hooks.exit(0)).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void doesNotAskWhileNoLoopIsActive() throws Exception {
    Hooks.active = false;
    assertThat(onVirtualThread(Hooks::nanoTime)).isNotEqualTo(1);
    assertThat(onVirtualThread(() -> Hooks.exit(0))).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void asksAboutPinnedParksWithZeroForNoLimit() throws Exception {
    assertThat(onVirtualThread(() -> Hooks.parkPinned(false, 0))).isTrue();
    assertThat(onVirtualThread(() -> Hooks.parkPinned(true, 5))).isTrue();
    assertThat(asked).containsExactly("pinned 0", "pinned 5");
  }

  @Test
  void doesNotAskAboutAPinnedParkWhoseTimeIsOver() throws Exception {
    assertThat(onVirtualThread(() -> Hooks.parkPinned(true, 0))).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void leavesTheOutsideHoweverTheParkEnds() throws Exception {
    onVirtualThread(() -> {
      Thread.currentThread().interrupt();
      Hooks.parkOutside();
      Hooks.parkOutside(1);
      return null;
    });
    assertThat(asked).containsExactly("enter", "exit", "enter", "exit");
  }

  @Test
  void tellsOfWaitsForAProcess() throws Exception {
    Hooks.awaitsProcess();
    onVirtualThread(() -> {
      Hooks.awaitsProcess();
      Hooks.awaitedProcess();
      return null;
    });
    assertThat(asked).containsExactly("process", "exit");
  }

  @Test
  void tellsInWhatAThreadOfTheJdkIsAwaited() throws Exception {
    Hooks.awaitsService("here");
    onVirtualThread(() -> {
      Hooks.awaitsService("here");
      Hooks.awaitedService();
      return null;
    });
    assertThat(asked).containsExactly("service here", "exit");
  }

  @Test
  void passesOnWhatADelegateThrows() {
    Hooks.install(
        () -> {
          throw new IllegalStateException("the loop is closed");
        },
        () -> 2,
        second -> second,
        pool -> pool,
        _ -> false,
        () -> {},
        () -> {},
        _ -> {},
        () -> {},
        _ -> false,
        _ -> false);
    assertThatIllegalStateException()
        .isThrownBy(() -> onVirtualThread(Hooks::nanoTime))
        .withMessage("the loop is closed");
  }

  private static <T> T onVirtualThread(Callable<T> code) throws Exception {
    FutureTask<T> task = new FutureTask<>(code);
    Thread.startVirtualThread(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }
}
