package dev.standstill.jdk;

import java.util.Optional;

/**
 * Who takes or releases a lock: code of the JDK has locks of its own that no program knows, such as
 * that of {@code System.out}. Whoever holds one of those must not be made to wait, because the
 * thread that drives may need it. Any thread may call.
 */
public final class LockCaller {

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private LockCaller() {}

  /** Whether the lock that the calling thread is at was called by code that is not the JDK's. */
  public static boolean isProgram() {
    Optional<? extends Class<?>> caller =
        WALKER.walk(frames ->
            frames
                .map(StackWalker.StackFrame::getDeclaringClass)
                .dropWhile(type -> !isLock(type))
                .dropWhile(LockCaller::isLock)
                .findFirst());
    return caller.map(Class::getClassLoader).filter(loader -> loader != PLATFORM).isPresent();
  }

  private static boolean isLock(Class<?> type) {
    return type.getPackageName().equals("java.util.concurrent.locks")
        || type.getName().equals("java.util.concurrent.Semaphore");
  }
}
