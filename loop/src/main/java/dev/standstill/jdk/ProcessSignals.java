package dev.standstill.jdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of the signals that the process gets. Any thread may call.
 *
 * <p>The JVM knows one handler for each signal. The first that is added here replaces it by one
 * that calls all that are added; when the last is taken away, it is put back.
 */
public final class ProcessSignals {

  private static final String PREFIX = "SIG";

  /** What no program can handle, and what HotSpot (JDK 25) needs itself. */
  private static final List<String> RESERVED =
      List.of("KILL", "STOP", "QUIT", "SEGV", "FPE", "ILL");

  /** Those that have handlers now, by name; guarded by itself. */
  private static final Map<String, ProcessSignals> HANDLED = new TreeMap<>();

  private final Object signal;
  private final List<Runnable> handlers = new CopyOnWriteArrayList<>();
  private final Object ours = SignalAccess.handler(() -> handlers.forEach(Runnable::run));
  private final Object before;

  private ProcessSignals(String name) {
    signal = SignalAccess.signal(name);
    before = replace(name);
  }

  private Object replace(String name) {
    try {
      return SignalAccess.handle(signal, ours);
    } catch (IllegalArgumentException e) {
      if (RESERVED.contains(name)) {
        throw reserved(name, e);
      }
      throw new IllegalStateException(
          "This JVM lets nobody handle SIG%s: it keeps that signal for itself, or was started with -Xrs, which leaves TERM, INT and HUP to the operating system. Start it without -Xrs."
              .formatted(name),
          e);
    }
  }

  /**
   * Returns the name of a signal without "SIG".
   *
   * @param name its name, with or without
   * @throws IllegalArgumentException if there is no such signal here
   */
  public static String nameOf(String name) {
    JdkCheck.requireForSignals();
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    try {
      SignalAccess.signal(bare);
      return bare;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "There is no signal \"%s\" on %s: use a name such as TERM, INT or HUP, in capitals, with or without SIG."
              .formatted(name, System.getProperty("os.name")),
          e);
    }
  }

  /**
   * Throws if no JVM lets a program handle the signal.
   *
   * @param name as {@link #nameOf} returns it
   * @throws IllegalArgumentException if it is one of those
   */
  public static void requireNotReserved(String name) {
    if (RESERVED.contains(name)) {
      throw reserved(name, null);
    }
  }

  /**
   * Runs {@code handler} whenever the process gets the signal, on a thread of the JVM.
   *
   * @param name as {@link #nameOf} returns it
   * @return what ends that; to be called once
   * @throws IllegalArgumentException if no program can handle the signal
   * @throws IllegalStateException if this JVM does not let it be handled
   */
  public static Runnable handle(String name, Runnable handler) {
    synchronized (HANDLED) {
      HANDLED.computeIfAbsent(name, ProcessSignals::new).handlers.add(handler);
    }
    return () -> remove(name, handler);
  }

  private static void remove(String name, Runnable handler) {
    synchronized (HANDLED) {
      ProcessSignals handled = HANDLED.get(name);
      if (handled != null && handled.handlers.remove(handler) && handled.handlers.isEmpty()) {
        HANDLED.remove(name);
        handled.restore();
      }
    }
  }

  /** Whoever has set a handler past us keeps it. */
  private void restore() {
    Object now = SignalAccess.handle(signal, before);
    if (now != ours) {
      SignalAccess.handle(signal, now);
    }
  }

  private static IllegalArgumentException reserved(String name, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "No program on a JVM can handle SIG%s: the operating system or the JVM keeps it for itself. Use another, such as TERM, INT or HUP."
            .formatted(name),
        cause);
  }
}
