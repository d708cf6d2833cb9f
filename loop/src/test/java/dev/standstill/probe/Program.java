package dev.standstill.probe;

import java.util.concurrent.Callable;

/** Code that is neither the JDK's nor a loop's, as a user's is. */
public final class Program {

  private Program() {}

  /** Calls {@code code} from a frame of this class. */
  public static <T> T call(Callable<T> code) throws Exception {
    return code.call();
  }
}
