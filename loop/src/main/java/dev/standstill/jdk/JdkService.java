package dev.standstill.jdk;

import org.jspecify.annotations.Nullable;

/** What threads of the JDK that live in no loop do for a task that waits for them. */
public enum JdkService {
  /** A request to the thread that watches files, which answers at once. */
  REQUEST("the thread of the JDK that watches files", true),
  /** The change of a file, of which that thread tells. */
  FILES("a file to change", false),
  /** The end of an operation of an asynchronous channel. */
  CHANNEL("an asynchronous channel", false);

  private final String what;
  private final boolean answersAlways;

  JdkService(String what, boolean answersAlways) {
    this.what = what;
    this.answersAlways = answersAlways;
  }

  /** What is waited for, in words. */
  public String what() {
    return what;
  }

  /**
   * Whether it is waited for until it comes. Else a task of the loop may have to do something
   * first, perhaps later.
   */
  public boolean answersAlways() {
    return answersAlways;
  }

  /**
   * The one that a task of {@code loop} waits for in the given object; null if it is the loop's.
   */
  static @Nullable JdkService of(Object waitedIn, AgentHooks.Hooked loop) {
    String name = waitedIn.getClass().getName();
    if (name.startsWith("sun.nio.ch.")) {
      return ChannelGroups.isServedBy(waitedIn, loop) ? null : CHANNEL;
    }
    return name.endsWith("Poller") ? REQUEST : FILES;
  }
}
