package dev.standstill.explore.program;

import dev.standstill.core.ProgramCode;
import java.util.ArrayList;
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
   * @param plainToo whether all accesses to plain fields and arrays are points; else see {@link
   *     PlainPlaces}
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
      ProgramCode.changeBy(changes);
      transformer = changes;
    }
    PlainPlaces.begin(plainToo);
    changes.begin(classes);
    changeLoaded(changes);
    StaticState.ofJvm().select(changes::isOfProgram);
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
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : ProgramCode.loadedClasses()) {
      if (!type.isArray() && !type.isHidden() && changes.isToChange(type)) {
        loaded.add(type);
      }
    }
    if (!loaded.isEmpty()) {
      loaded.forEach(changes::isAboutToChange);
      ProgramCode.changeAgain(loaded);
    }
  }
}
