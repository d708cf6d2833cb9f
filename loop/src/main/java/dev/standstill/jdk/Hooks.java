package dev.standstill.jdk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A class of hooks that the agent has defined into {@code java.base}. Any thread may call. */
final class Hooks {

  private Hooks() {}

  /**
   * Gives a class of hooks its delegates, in the order in which it takes them, and makes it ask
   * them.
   *
   * @throws LinkageError if the class is not there or wants others
   */
  static void activate(String className, Object... delegates) {
    try {
      Class<?> hooks = Class.forName(className, false, null);
      install(hooks).invoke(null, delegates);
      hooks.getField("active").setBoolean(null, true);
    } catch (InvocationTargetException e) {
      throw new LinkageError("The agent's hooks cannot be installed", e.getCause());
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw foreign(e);
    }
  }

  /** A public static field of a class of hooks. */
  static VarHandle field(String className, String field, Class<?> type) {
    try {
      Class<?> hooks = Class.forName(className, false, null);
      return MethodHandles.publicLookup().findStaticVarHandle(hooks, field, type);
    } catch (ReflectiveOperationException e) {
      throw foreign(e);
    }
  }

  /** The classes that are loaded now; the agent finds them. */
  @SuppressWarnings("unchecked")
  static Class<?>[] loadedClasses() {
    return ((Supplier<Class<?>[]>) ofAgent("loaded")).get();
  }

  /** The same; none if the agent is not there. */
  static Class<?>[] loadedClassesIfKnown() {
    return AgentHooks.isAgentThere() ? loadedClasses() : new Class<?>[0];
  }

  /** Has classes pass through the agent once more. */
  @SuppressWarnings("unchecked")
  static void retransform(List<Class<?>> types) {
    ((Consumer<Class<?>[]>) ofAgent("retransform")).accept(types.toArray(new Class<?>[0]));
  }

  private static Object ofAgent(String field) {
    try {
      return Class.forName("java.lang.StandstillFirstUse", false, null).getField(field).get(null);
    } catch (ReflectiveOperationException e) {
      throw foreign(e);
    }
  }

  private static LinkageError foreign(Exception e) {
    return new LinkageError("The agent and the loop are not of one version", e);
  }

  private static Method install(Class<?> hooks) throws NoSuchMethodException {
    return Arrays.stream(hooks.getMethods())
        .filter(method -> method.getName().equals("install"))
        .findAny()
        .orElseThrow(() -> new NoSuchMethodException(hooks + ".install"));
  }
}
