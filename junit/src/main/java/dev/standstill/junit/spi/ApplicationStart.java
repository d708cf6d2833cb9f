package dev.standstill.junit.spi;

import org.jspecify.annotations.Nullable;

/** The start of a {@link LoopOwner}. Any thread may call. */
public final class ApplicationStart {

  private static volatile @Nullable Runnable hook;

  private ApplicationStart() {}

  /** Called by the extension, which alone knows on which loop the calling task runs. */
  public static void provide(Runnable hook) {
    ApplicationStart.hook = hook;
  }

  /**
   * Says that an owner is about to be started by the calling task. What runs there now, up to the
   * next fixture or test, has the time that starts have. Elsewhere than in a test on a loop it does
   * nothing.
   */
  public static void begins() {
    Runnable known = hook;
    if (known != null) {
      known.run();
    }
  }
}
