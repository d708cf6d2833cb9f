package dev.standstill;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * The loops on hosts, until they are closed or nobody knows them any more. Any thread may call.
 *
 * <p>A loop holds its host, and every living task holds its loop; so an entry stays while it
 * matters.
 */
final class WrappedHosts {

  private static final Map<Host, WeakReference<RealTimeLoop>> LOOPS = new WeakHashMap<>();

  private WrappedHosts() {}

  static RealTimeLoop loopOn(Host host) {
    Objects.requireNonNull(host, "host");
    synchronized (LOOPS) {
      WeakReference<RealTimeLoop> present = LOOPS.get(host);
      RealTimeLoop loop = present == null ? null : present.get();
      return loop == null || loop.isShutdown() ? open(host) : loop;
    }
  }

  private static RealTimeLoop open(Host host) {
    RealTimeLoop loop = RealTimeLoop.on(host);
    // An equal key that is there already would stay, and is held by another loop.
    LOOPS.remove(host);
    LOOPS.put(host, new WeakReference<>(loop));
    return loop;
  }
}
