package dev.standstill.jdk;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The loop's end of the hooks that a program calls while its schedules are explored. */
public final class ProgramHooks {

  /** The class that the changed classes of a program call. */
  public static final String NAME = "java.lang.StandstillSwitchPoints";

  private static final VarHandle ACTIVE = Hooks.field(NAME, "active", boolean.class);

  private static final VarHandle PLAIN_PLACES = Hooks.field(NAME, "plainPlaces", byte[].class);

  private ProgramHooks() {}

  /**
   * Makes the hooks ask the scheduler of the calling task. Once for a JVM.
   *
   * @param initialises is told, on whatever thread, when the initialiser of a class of the program
   *     begins, and the number of its first step
   * @param initialiserAt is told of each of its steps
   */
  public static void install(
      ObjIntConsumer<MethodHandles.Lookup> initialises, IntConsumer initialiserAt) {
    Hooks.activate(
        NAME,
        (ObjIntConsumer<@Nullable Object>)
            (target, place) -> {
              SwitchPoints points = ofCaller();
              if (points != null) {
                points.access(target, place);
              }
            },
        (ObjLongConsumer<@Nullable Object>)
            (target, indexAndPlace) -> {
              SwitchPoints points = ofCaller();
              if (points != null) {
                points.plain(target, (int) (indexAndPlace >> Integer.SIZE), (int) indexAndPlace);
              }
            },
        (ObjIntConsumer<Object>)
            (monitor, place) -> {
              SwitchPoints points = ofCaller();
              if (points != null) {
                points.enter(monitor, place);
              }
            },
        (Consumer<Object>)
            monitor -> {
              SwitchPoints points = ofCaller();
              if (points != null) {
                points.exited(monitor);
              }
            },
        (ObjIntConsumer<Object>)
            (monitor, place) -> {
              SwitchPoints points = ofCaller();
              if (points != null) {
                points.waits(monitor, place);
              }
            },
        (Consumer<Object>)
            monitor -> {
              SwitchPoints points = ofCaller();
              if (points != null) {
                points.waited(monitor);
              }
            },
        (BooleanSupplier)
            () -> {
              SwitchPoints points = ofCaller();
              return points != null && points.wakesWithoutCause();
            },
        initialises,
        initialiserAt);
  }

  /** Lets programs call the hooks, or pass them by. */
  public static void activate(boolean active) {
    ACTIVE.setVolatile(active);
  }

  /** Has programs tell of plain accesses at the places where there is anything but 0. */
  public static void plainPlaces(byte[] places) {
    PLAIN_PLACES.setVolatile(places);
  }

  /** Has all classes pass through a transformer that are loaded from now on. */
  public static void changeBy(ClassFileTransformer transformer) {
    Object instrumentation = Hooks.field(NAME, "instrumentation", Object.class).getVolatile();
    ((Instrumentation) instrumentation).addTransformer(transformer, true);
  }

  /** The classes that are loaded now. */
  public static Class<?>[] loadedClasses() {
    return Hooks.loadedClasses();
  }

  /** Has classes pass through the transformers once more, but for those that cannot. */
  public static void changeAgain(List<Class<?>> types) {
    Hooks.retransform(types);
  }

  private static @Nullable SwitchPoints ofCaller() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    return loop == null ? null : loop.switchPoints();
  }
}
