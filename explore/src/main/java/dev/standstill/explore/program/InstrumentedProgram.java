package dev.standstill.explore.program;

import dev.standstill.core.ProgramCode;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program whose classes tell what they are about to do, from when this is opened until it is
 * closed. At most one at a time in a JVM. Any thread may call.
 */
public final class InstrumentedProgram implements AutoCloseable {

  private static @Nullable ProgramTransformer transformer;
  private static boolean isOpen;

  private final ProgramTransformer own;

  private InstrumentedProgram(ProgramTransformer own) {
    this.own = own;
  }

  /**
   * Changes the classes of the program that are loaded, and all that will be; returns when that is
   * done.
   *
   * @param plainToo whether accesses to plain fields and arrays are told, too
   * @throws IllegalStateException if another one is open, or this JVM has no agent
   */
  public static synchronized InstrumentedProgram open(ProgramClasses classes, boolean plainToo) {
    if (isOpen) {
      throw new IllegalStateException(
          "Schedules are being explored already in this JVM: wait until that has ended.");
    }
    ProgramTransformer changes = transformer;
    if (changes == null) {
      ProgramCode.prepare(StaticState::initialises, StaticState::initialiserAt);
      changes = new ProgramTransformer(classes);
      ProgramCode.instrumentation().addTransformer(changes, true);
      transformer = changes;
    }
    changes.begin(classes, plainToo);
    changeLoaded(changes);
    ProgramCode.tells(true);
    isOpen = true;
    return new InstrumentedProgram(changes);
  }

  /** The classes of the program that could not be changed, each with the reason. */
  public Set<String> unchanged() {
    return own.unchanged();
  }

  @Override
  public void close() {
    synchronized (InstrumentedProgram.class) {
      ProgramCode.tells(false);
      own.end();
      isOpen = false;
    }
  }

  private static void changeLoaded(ProgramTransformer changes) {
    Instrumentation instrumentation = ProgramCode.instrumentation();
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (!type.isArray()
          && !type.isHidden()
          && instrumentation.isModifiableClass(type)
          && changes.isToChange(type)) {
        loaded.add(type);
      }
    }
    loaded.forEach(changes::isAboutToChange);
    retransform(instrumentation, loaded.toArray(new Class<?>[0]));
  }

  /** The JVM changes all or none, so those that hinder the others are found by halving. */
  private static void retransform(Instrumentation instrumentation, Class<?>[] types) {
    if (types.length == 0) {
      return;
    }
    try {
      instrumentation.retransformClasses(types);
    } catch (LinkageError | InternalError | UnmodifiableClassException e) {
      if (types.length > 1) {
        int half = types.length / 2;
        retransform(instrumentation, Arrays.copyOfRange(types, 0, half));
        retransform(instrumentation, Arrays.copyOfRange(types, half, types.length));
      }
    }
  }
}
