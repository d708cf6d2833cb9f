package dev.standstill.test.spi;

import dev.standstill.test.TestLoop;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where networks of loops come from, and which loop has which. Any thread may call. */
public final class LoopNetworks {

  private static volatile @Nullable Function<TestLoop, Optional<LoopNetwork>> networks;

  private static final boolean IS_LINUX = System.getProperty("os.name").equals("Linux");

  private LoopNetworks() {}

  /** Called by the kit, which alone can tell. */
  public static void provide(Function<TestLoop, Optional<LoopNetwork>> networks) {
    LoopNetworks.networks = networks;
  }

  /** The network of a loop, if it has one of its own. */
  public static Optional<LoopNetwork> of(TestLoop loop) {
    return Objects.requireNonNull(networks).apply(loop);
  }

  /**
   * What makes networks.
   *
   * @throws IllegalStateException if that is not there, or cannot work on this machine
   */
  public static NetworkProvider provider() {
    if (!IS_LINUX) {
      throw new IllegalStateException(
          "A network of the loop's own was asked for, and stands behind the JDK's sockets on Linux only, not on %s: leave it away there, and time stands still while a task waits for a socket."
              .formatted(System.getProperty("os.name")));
    }
    return Found.PROVIDER.orElseThrow(() ->
        new IllegalStateException(
            "A network of the loop's own was asked for, and standstill-network is not there: add dev.standstill:standstill-network as a dependency of the tests."));
  }

  /** Whether {@link #provider} has one that works on this machine. */
  public static boolean areThere() {
    return IS_LINUX && Found.PROVIDER.isPresent();
  }

  /** Looked for once, when first asked for: each loop with a network asks when it opens. */
  private static final class Found {

    private static final Optional<NetworkProvider> PROVIDER =
        ServiceLoader.load(NetworkProvider.class, NetworkProvider.class.getClassLoader())
            .findFirst();
  }
}
