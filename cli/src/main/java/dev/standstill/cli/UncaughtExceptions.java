package dev.standstill.cli;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows what threads of the program threw and nobody caught, as the JVM does, but without the
 * frames that are not the program's doing. Any thread may call.
 */
final class UncaughtExceptions implements UncaughtExceptionHandler {

  /** Names of classes begin so that the program's class path may bring, too. */
  private static final List<String> LOOPS =
      List.of("dev.standstill.core.", "dev.standstill.jdk.", "dev.standstill.test.");

  private static final @Nullable String OWN_LOADER =
      UncaughtExceptions.class.getClassLoader().getName();

  private volatile boolean any;

  UncaughtExceptions() {}

  /** Whether there was one. */
  boolean any() {
    return any;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable exception) {
    UncaughtExceptionHandler ofProgram = Thread.getDefaultUncaughtExceptionHandler();
    cutFrames(exception);
    any = true;
    if (ofProgram != null) {
      ofProgram.uncaughtException(thread, exception);
    } else {
      System.err.print("Exception in thread \"" + thread.getName() + "\" ");
      exception.printStackTrace();
    }
  }

  /** Leaves out, for good, the frames below the program's outermost one, in causes, too. */
  static void cutFrames(Throwable exception) {
    cutFrames(exception, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void cutFrames(Throwable exception, Set<Throwable> seen) {
    if (!seen.add(exception)) {
      return;
    }
    exception.setStackTrace(withoutOurs(exception.getStackTrace()));
    for (Throwable suppressed : exception.getSuppressed()) {
      cutFrames(suppressed, seen);
    }
    if (exception.getCause() != null) {
      cutFrames(exception.getCause(), seen);
    }
  }

  /** Leaves out what lies below the program's outermost frame: how it was started. */
  private static StackTraceElement[] withoutOurs(StackTraceElement[] frames) {
    int end = frames.length;
    while (end > 0 && !isOfProgram(frames[end - 1])) {
      end--;
    }
    return end == 0 ? frames : Arrays.copyOf(frames, end);
  }

  /** What is neither the JDK's nor from the loader of the command line nor, by name, a loop's. */
  private static boolean isOfProgram(StackTraceElement frame) {
    return frame.getModuleName() == null
        && !Objects.equals(frame.getClassLoaderName(), OWN_LOADER)
        && LOOPS.stream().noneMatch(frame.getClassName()::startsWith);
  }
}
