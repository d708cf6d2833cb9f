package dev.standstill.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** The loop's end of the hooks that a program calls while its schedules are explored. */
public final class ProgramHooks {

  /** The class that the changed classes of a program call. */
  public static final String NAME = "java.lang.StandstillSwitchPoints";

  private static final VarHandle ACTIVE = Hooks.field(NAME, "active", boolean.class);

  private ProgramHooks() {}

  /**
   * Makes the hooks ask the scheduler of the calling task. Once for a JVM.
   *
   * @param initialised is told, on whatever thread, when a class of the program is initialised
   */
  public static void install(Consumer<MethodHandles.Lookup> initialised) {
    Hooks.activate(
        NAME,
        (ObjIntConsumer<@Nullable Object>)
            (target, place) -> {
              SwitchPoints points = ofCaller();
              if (points != null) {
                points.access(target, place);
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
        initialised);
  }

  /** Lets programs call the hooks, or pass them by. */
  public static void activate(boolean active) {
    ACTIVE.setVolatile(active);
  }

  /** What changes classes in this JVM. */
  public static Instrumentation instrumentation() {
    return (Instrumentation) Hooks.field(NAME, "instrumentation", Object.class).getVolatile();
  }

  private static @Nullable SwitchPoints ofCaller() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    return loop == null ? null : loop.switchPoints();
  }
}
