package dev.standstill.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The classes that were loaded before the transformer was there. Confined to one thread. */
final class LoadedClasses {

  private final Instrumentation instrumentation;
  private final List<Class<?>> ofTable = new ArrayList<>();
  private final List<Class<?>> others = new ArrayList<>();

  LoadedClasses(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (instrumentation.isModifiableClass(type)) {
        sort(type);
      }
    }
  }

  private void sort(Class<?> type) {
    String name = type.getName().replace('.', '/');
    if (type.getClassLoader() == null && Rewrites.TYPES.contains(name)) {
      ofTable.add(type);
    } else if (!Rewrites.optionalOf(name).isEmpty()) {
      others.add(type);
    } else if (type.getModule() == Object.class.getModule()) {
      if (Clocks.CALLERS_IN_JAVA_BASE.contains(name)
          || CurrentThread.CALLERS_IN_JDK.contains(name)) {
        ofTable.add(type);
      }
    } else if (mayChange(type, name)) {
      others.add(type);
    }
  }

  /**
   * Has the classes that need it pass through the transformers.
   *
   * @throws UnmodifiableClassException if the JVM does not let a class be changed
   * @throws LinkageError if a changed class of the tables is refused; none is changed then
   * @throws UnsupportedOperationException if another agent changed a class in a way that cannot be
   *     repeated
   */
  void retransform() throws UnmodifiableClassException {
    instrumentation.retransformClasses(ofTable.toArray(new Class<?>[0]));
    retransform(instrumentation, others.toArray(new Class<?>[0]));
  }

  /**
   * Has classes pass through the transformers, but for those that cannot. The JVM changes all that
   * it is given or none, so those that hinder the others are found by halving.
   *
   * @throws UnsupportedOperationException if another agent changed a class in a way that cannot be
   *     repeated
   */
  static void retransform(Instrumentation instrumentation, Class<?>[] types) {
    try {
      instrumentation.retransformClasses(types);
    } catch (LinkageError | InternalError | UnmodifiableClassException e) {
      /*
       * One that is alone refers to classes that are missing; or its initialiser has failed, which
       * is the InternalError (JDK 25.0.3); or the JVM made it, such as a hidden class or an array.
       * The first two never run.
       */
      if (types.length > 1) {
        int half = types.length / 2;
        retransform(instrumentation, Arrays.copyOfRange(types, 0, half));
        retransform(instrumentation, Arrays.copyOfRange(types, half, types.length));
      }
    }
  }

  private static boolean mayChange(Class<?> type, String name) {
    boolean clocks = !Clocks.isRealTime(name);
    boolean threads = CurrentThread.isRedirected(name, type.getClassLoader() == null);
    if (!clocks && !threads) {
      return false;
    }
    try (InputStream in = type.getResourceAsStream("/" + name + ".class")) {
      byte[] classFile = in == null ? null : in.readAllBytes();
      return classFile == null
          || clocks && Clocks.areMentioned(classFile)
          || threads && CurrentThread.isMentioned(classFile);
    } catch (IOException | RuntimeException e) {
      // Whatever its class loader makes of the request, the JVM has the class file.
      return true;
    }
  }
}
