package dev.standstill.explore.program;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * The static fields of the classes that explored runs have initialised: they start afresh in each
 * run, in the order in which the first run has initialised the classes. Any thread may call.
 */
public final class StaticState {

  private static final List<MethodHandles.Lookup> INITIALISED = new ArrayList<>();

  private static MethodHandle[] resets = new MethodHandle[0];

  private StaticState() {}

  /** A class is being initialised that has a method to do so again. */
  static synchronized void initialised(MethodHandles.Lookup lookup) {
    INITIALISED.add(lookup);
  }

  /**
   * Sets all back to where it was when its class had just been initialised.
   *
   * @throws IllegalStateException if an initialiser throws now
   */
  public static synchronized void startAfresh() {
    while (resets.length < INITIALISED.size()) {
      resets = withNext(resets);
    }
    for (int i = 0; i < resets.length; i++) {
      try {
        resets[i].invokeExact();
      } catch (Throwable e) {
        throw new IllegalStateException(
            "The initialiser of %s failed when it ran again: exclude the class from those whose statics start afresh."
                .formatted(INITIALISED.get(i).lookupClass().getName()),
            e);
      }
    }
  }

  private static MethodHandle[] withNext(MethodHandle[] known) {
    MethodHandles.Lookup lookup = INITIALISED.get(known.length);
    MethodHandle[] more = new MethodHandle[known.length + 1];
    System.arraycopy(known, 0, more, 0, known.length);
    try {
      more[known.length] =
          lookup.findStatic(
              lookup.lookupClass(), StaticReset.METHOD, MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("A changed class has lost " + StaticReset.METHOD, e);
    }
    return more;
  }
}
