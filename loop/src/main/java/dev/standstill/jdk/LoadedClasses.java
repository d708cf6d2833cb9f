package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The classes that were loaded before the first loop in virtual time. Their initialisers, where
 * they have not run, are not yet between brackets: those of the boot loader run now, because they
 * do not depend on programs; the others are put between brackets now.
 */
final class LoadedClasses {

  private static final MethodHandle SHOULD_BE_INITIALIZED = resolve(piece -> true);

  private LoadedClasses() {}

  /** Looks up what asks; {@code present} is described at {@link JdkLookup}. */
  static MethodHandle resolve(Predicate<Piece> present) {
    return new JdkLookup(present)
        .unsafe(
            Piece.SHOULD_BE_INITIALIZED,
            Piece.SHOULD_BE_INITIALIZED.member(),
            MethodType.methodType(boolean.class, Class.class));
  }

  /** Prepares them for the runs to come. */
  static void prepare() {
    List<Class<?>> ofPrograms = new ArrayList<>();
    for (Class<?> type : Hooks.loadedClasses()) {
      ClassHashes.assign(type);
      if (type.isArray() || type.isHidden() || !shouldBeInitialized(type)) {
        continue;
      }
      if (type.getClassLoader() == null) {
        initialize(type);
      } else {
        ofPrograms.add(type);
      }
    }
    Hooks.retransform(ofPrograms);
  }

  private static boolean shouldBeInitialized(Class<?> type) {
    try {
      return (boolean) SHOULD_BE_INITIALIZED.invokeExact(type);
    } catch (Throwable e) {
      throw new LinkageError("Unsafe.shouldBeInitialized failed", e);
    }
  }

  private static void initialize(Class<?> type) {
    try {
      Class.forName(type.getName(), true, null);
    } catch (ClassNotFoundException | LinkageError e) {
      // It will say so again to who needs it.
    }
  }
}
