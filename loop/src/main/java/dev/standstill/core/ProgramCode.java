package dev.standstill.core;

import dev.standstill.jdk.ProgramHooks;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;

/** How the classes of a program are made to tell what they do. Any thread may call. */
public final class ProgramCode {

  /** The class, in {@code java.base}, whose static methods they call. */
  public static final String HOOKS = ProgramHooks.NAME;

  private ProgramCode() {}

  /**
   * Prepares this JVM. Once for a JVM.
   *
   * @param initialises is told, on whatever thread, when the initialiser begins of a class of the
   *     program that was changed to tell that, and the number of its first step
   * @param initialiserAt is told of each of its steps
   * @throws IllegalStateException if loops in virtual time cannot work here
   */
  public static void prepare(
      ObjIntConsumer<MethodHandles.Lookup> initialises, IntConsumer initialiserAt) {
    VirtualScheduler.requireJdk();
    ProgramHooks.install(initialises, initialiserAt);
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
