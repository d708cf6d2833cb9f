package dev.standstill.core;

import dev.standstill.jdk.SocketWait;
import org.jspecify.annotations.Nullable;

/** What a task waits for that waits for a socket of its loop's own network. Any thread may call. */
public final class SocketNames {

  private SocketNames() {}

  /** Which socket it is, in words; null if the object stands for none. */
  public static @Nullable String of(Object waitedFor) {
    return waitedFor instanceof SocketWait wait ? wait.toString() : null;
  }
}
