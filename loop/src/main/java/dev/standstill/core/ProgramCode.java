package dev.standstill.core;

import dev.standstill.agent.program.ProgramRule;
import dev.standstill.jdk.ProgramFields;
import dev.standstill.jdk.ProgramHooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.invoke.MethodHandles;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

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

  /**
   * The strategy of the loop that the calling task runs on; null if it is none, or no task calls.
   */
  public static @Nullable ExploringStrategy strategyOfCaller() {
    return Scheduler.of(Thread.currentThread()) instanceof VirtualScheduler loop
        ? loop.exploring()
        : null;
  }

  /** Whether a class, by its internal name, is the program's unless the user says otherwise. */
  public static boolean isOfProgram(
      String type, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
    return ProgramRule.isOfProgram(type, loader, domain);
  }

  /** Whether a class, by its internal name, may be the program's if the user says so. */
  public static boolean canBeOfProgram(String type, @Nullable ClassLoader loader) {
    return ProgramRule.canBeOfProgram(type, loader);
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

  /**
   * Reads a field of the program; runs no code of it.
   *
   * @param type a class that has the field or inherits it
   * @param target the object, or null if the field is static
   * @param reader takes what is in it, boxed if it is primitive
   * @return whether it could be read
   */
  public static boolean readField(
      Class<?> type, String name, @Nullable Object target, Consumer<@Nullable Object> reader) {
    return ProgramFields.read(type, name, target, reader);
  }

  /** Lets changed classes tell what they do, or keep it to themselves. */
  public static void tells(boolean tells) {
    ProgramHooks.activate(tells);
  }
}
