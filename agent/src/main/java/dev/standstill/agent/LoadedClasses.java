package dev.standstill.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/** The classes that were loaded before the transformer was there. Confined to one thread. */
final class LoadedClasses {

  private final Instrumentation instrumentation;
  private final List<Class<?>> ofJavaBase = new ArrayList<>();
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
    if (type.getModule() == Object.class.getModule()) {
      if (Rewrites.TYPES.contains(name)
          || Clocks.CALLERS_IN_JAVA_BASE.contains(name)
          || CurrentThread.CALLERS_IN_JDK.contains(name)) {
        ofJavaBase.add(type);
      }
    } else if (mayChange(type, name)) {
      others.add(type);
    }
  }

  /**
   * Has the classes that need it pass through the transformers.
   *
   * @throws UnmodifiableClassException if the JVM does not let a class be changed
   * @throws LinkageError if a changed class of {@code java.base} is refused; none is changed then
   * @throws UnsupportedOperationException if another agent changed a class in a way that cannot be
   *     repeated
   */
  void retransform() throws UnmodifiableClassException {
    instrumentation.retransformClasses(ofJavaBase.toArray(new Class<?>[0]));
    try {
      instrumentation.retransformClasses(others.toArray(new Class<?>[0]));
    } catch (LinkageError e) {
      retransformOneByOne();
    }
  }

  private void retransformOneByOne() throws UnmodifiableClassException {
    for (Class<?> type : others) {
      try {
        instrumentation.retransformClasses(type);
      } catch (LinkageError e) {
        // It refers to classes that are missing, so it was never linked and cannot run either.
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
