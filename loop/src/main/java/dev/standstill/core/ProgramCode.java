package dev.standstill.core;

import dev.standstill.jdk.ProgramHooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.invoke.MethodHandles;
import java.util.List;
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

  /** Has all classes pass through a transformer that are loaded from now on. */
  public static void changeBy(ClassFileTransformer transformer) {
    ProgramHooks.changeBy(transformer);
  }

  /** The classes that are loaded now. */
  public static Class<?>[] loadedClasses() {
    return ProgramHooks.loadedClasses();
  }

  /** Has classes pass through the transformers once more, but for those that cannot. */
  public static void changeAgain(List<Class<?>> types) {
    ProgramHooks.changeAgain(types);
  }

  /**
   * Lets changed classes tell of plain accesses at those places, by their numbers, where there is
   * anything but 0; for who explores, who may change the array later.
   */
  public static void tellsOfPlain(byte[] places) {
    ProgramHooks.plainPlaces(places);
  }

  /** Lets changed classes tell what they do, or keep it to themselves. */
  public static void tells(boolean tells) {
    ProgramHooks.activate(tells);
  }
}
