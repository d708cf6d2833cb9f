package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.probe.Signalled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals of the process. Those sent to this JVM are WINCH, which a JVM ignores by default. */
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {

  private static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private final EventLoop loop = EventLoop.start("signalled");
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private static void send(String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(ProcessHandle.current().pid()))
        .start()
        .waitFor();
  }

  private void see(String what) {
    seen.add(what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WINCH", "SIGWINCH"})
  void handlerIsATaskOfTheLoopThatMayBlock(String name) throws Exception {
    loop.onSignal(
        name,
        () -> {
          Thread.sleep(1);
          see(Thread.currentThread().getName() + " on " + EventLoop.running().orElseThrow());
        });

    send("WINCH");

    assertThat(seen.take()).isEqualTo("SIGWINCH on " + loop);
  }

  @Test
  void eachSignalStartsItAnew() throws Exception {
    loop.onSignal("WINCH", () -> see("again"));
    for (int i = 0; i < 3; i++) {
      send("WINCH");
      assertThat(seen.take()).isEqualTo("again");
    }
  }

  @Test
  void allHandlersOfAllLoopsRunThoseOfALoopInTheirOrder() throws Exception {
    try (EventLoop other = EventLoop.start("other")) {
      loop.onSignal("WINCH", () -> see("first"));
      loop.onSignal("WINCH", () -> see("second"));
      other.onSignal("WINCH", () -> see("other"));

      send("WINCH");

      List<String> all = new ArrayList<>(List.of(seen.take(), seen.take(), seen.take()));
      assertThat(all).contains("other").containsSubsequence("first", "second");
    }
  }

  @Test
  void handlerThatWasTakenBackIsNotCalled() throws Exception {
    SignalRegistration first = loop.onSignal("WINCH", () -> see("first"));
    loop.onSignal("WINCH", () -> see("second"));
    first.close();
    first.close();

    send("WINCH");

    assertThat(seen.take()).isEqualTo("second");
    loop.run(() -> {});
    assertThat(seen).isEmpty();
  }

  @Test
  void handlersOfALoopThatIsClosedAreTakenBack() throws Exception {
    EventLoop closed = EventLoop.start("closed");
    closed.onSignal("WINCH", () -> see("closed"));
    loop.onSignal("WINCH", () -> see("open"));
    closed.close();

    send("WINCH");

    assertThat(seen.take()).isEqualTo("open");
    assertThatThrownBy(() -> closed.onSignal("WINCH", () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatItThrowsGoesToTheHandlerOfTheLoopWithItsName() throws Exception {
    loop.setUncaughtExceptionHandler((thread, e) -> see(thread.getName() + ": " + e.getMessage()));
    loop.onSignal(
        "WINCH",
        () -> {
          throw new Exception("planned");
        });

    send("WINCH");

    assertThat(seen.take()).isEqualTo("SIGWINCH: planned");
  }

  @Test
  void unknownNameIsRefusedInASentence() {
    assertThatThrownBy(() -> loop.onSignal("TREM", () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no signal \"TREM\" on %s: use a name such as TERM, INT or HUP, in capitals,"
                + " with or without SIG.",
            System.getProperty("os.name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP", "QUIT", "SEGV", "SIGFPE", "ILL"})
  void signalThatNobodyCanHandleIsRefusedInASentence(String name) {
    assertThatThrownBy(() -> loop.onSignal(name, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No program on a JVM can handle SIG%s: the operating system or the JVM keeps it for"
                + " itself. Use another, such as TERM, INT or HUP.",
            name.replace("SIG", ""));
  }

  @Test
  void jvmThatLeavesSignalsAloneSaysSo() throws Exception {
    Child.Result result = Jvm.run(List.of(OPEN, "-Xrs"), Signalled.class, "once");

    assertThat(result.out())
        .isEqualTo(
            "This JVM lets nobody handle SIGTERM: it keeps that signal for itself, or was started"
                + " with -Xrs, which leaves TERM, INT and HUP to the operating system. Start it"
                + " without -Xrs.\n");
  }

  @Test
  void whenTheLastHandlerIsTakenBackTheSignalEndsTheProcessAgain() throws Exception {
    assertThat(endOf("once").status()).isEqualTo(128 + 15);
  }

  @Test
  void whenTheLoopIsClosedTheSignalEndsTheProcessAgain() throws Exception {
    assertThat(endOf("closed").status()).isEqualTo(128 + 15);
  }

  @Test
  void handlerThatOtherCodeHasSetSinceStays() throws Exception {
    Child.Result result = endOf("overtaken");

    assertThat(result.out()).endsWith("the other handler\n");
    assertThat(result.status()).isEqualTo(7);
  }

  @Test
  void processGoesOnAsLongAsAHandlerIsThere() throws Exception {
    try (Child child = start("twice")) {
      assertThat(child.readLine()).isEqualTo("ready");
      child.signal("TERM");
      assertThat(child.readLine()).isEqualTo("SIGTERM 1");
      child.signal("TERM");
      assertThat(child.readLine()).isEqualTo("SIGTERM 2");
      assertThat(child.end().status()).isEqualTo(3);
    }
  }

  /** Sends it a TERM for its handler, and once that is gone, another. */
  private static Child.Result endOf(String scenario) throws Exception {
    try (Child child = start(scenario)) {
      assertThat(child.readLine()).isEqualTo("ready");
      child.signal("TERM");
      assertThat(child.readLine()).isEqualTo("SIGTERM 1");
      assertThat(child.readLine()).isEqualTo("taken back");
      child.signal("TERM");
      return child.end();
    }
  }

  private static Child start(String scenario) throws Exception {
    return Child.start(Jvm.of(List.of(OPEN), Signalled.class, scenario));
  }
}
