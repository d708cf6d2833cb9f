package dev.standstill.core;

import dev.standstill.jdk.ProgramHooks;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/** How the classes of a program are made to tell what they do. Any thread may call. */
public final class ProgramCode {

  /** The class, in {@code java.base}, whose static methods they call. */
  public static final String HOOKS = ProgramHooks.NAME;

  private ProgramCode() {}

  /**
   * Prepares this JVM. Once for a JVM.
   *
   * @param initialised is told, on whatever thread, when a class of the program is initialised that
   *     was changed to tell that
   * @throws IllegalStateException if loops in virtual time cannot work here
   */
  public static void prepare(Consumer<MethodHandles.Lookup> initialised) {
    VirtualScheduler.requireJdk();
    ProgramHooks.install(initialised);
  }

  /** What changes classes in this JVM, once that is prepared. */
  public static Instrumentation instrumentation() {
    return ProgramHooks.instrumentation();
  }

  /** Lets changed classes tell what they do, or keep it to themselves. */
  public static void tells(boolean tells) {
    ProgramHooks.activate(tells);
  }
}
