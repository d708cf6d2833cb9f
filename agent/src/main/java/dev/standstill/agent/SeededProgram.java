package dev.standstill.agent;

import dev.standstill.agent.program.ProgramRule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of programs, which are changed from the first loop with a seed on: those that are
 * loaded by then all at once, the others as they are loaded. What a class gets is the same either
 * way, so that a run does not depend on what ran before it. Safe for any thread.
 */
final class SeededProgram {

  private final Map<ClassLoader, LockCalls> calls = new WeakHashMap<>();
  private volatile boolean begun;

  /** Changes the classes that are loaded, and all that will be; returns when that is done. */
  synchronized void begin(Instrumentation instrumentation) {
    if (!begun) {
      begun = true;
      List<Class<?>> loaded = new ArrayList<>();
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        if (isToChange(type)) {
          loaded.add(type);
        }
      }
      LoadedClasses.retransform(instrumentation, loaded.toArray(new Class<?>[0]));
    }
  }

  private boolean isToChange(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    String name = type.getName().replace('.', '/');
    if (loader == null
        || type.isArray()
        || type.isHidden()
        || !ProgramRule.isOfProgram(name, loader, type.getProtectionDomain())) {
      return false;
    }
    try (InputStream in = type.getResourceAsStream("/" + name + ".class")) {
      return in == null || points(loader, in.readAllBytes()).exist();
    } catch (IOException | RuntimeException e) {
      // Whatever its class loader makes of the request, the JVM has the class file.
      return true;
    }
  }

  /**
   * Returns the class file that a class is to have, or null if that is its own.
   *
   * @param type its internal name
   */
  byte @Nullable [] change(
      @Nullable ClassLoader loader,
      String type,
      @Nullable ProtectionDomain domain,
      byte[] original) {
    if (!begun || loader == null || !ProgramRule.isOfProgram(type, loader, domain)) {
      return null;
    }
    try {
      return points(loader, original).add();
    } catch (RuntimeException e) {
      return null; // seeds reach less there, as in a library
    }
  }

  private HandOverPoints points(ClassLoader loader, byte[] original) {
    LockCalls ofLoader;
    synchronized (calls) {
      ofLoader = calls.computeIfAbsent(loader, LockCalls::new);
    }
    return new HandOverPoints(ofLoader, original);
  }
}
