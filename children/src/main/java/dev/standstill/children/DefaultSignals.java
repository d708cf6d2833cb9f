package dev.standstill.children;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands whose processes react to signals, whatever those of the build ignore.
 *
 * <p>A process inherits which signals are ignored: {@code nohup} ignores SIGHUP, a shell SIGINT and
 * SIGQUIT in what it runs in the background, and a JVM that starts so never hears of them. The
 * {@code env} of GNU coreutils 8.31 and later gives a program the default ones; elsewhere it starts
 * as it is.
 */
final class DefaultSignals {

  private static final List<String> ENV = List.of("env", "--default-signal");

  private static final boolean AVAILABLE = isAvailable();

  private DefaultSignals() {}

  static List<String> with(List<String> command) {
    List<String> all = new ArrayList<>(AVAILABLE ? ENV : List.of());
    all.addAll(command);
    return all;
  }

  private static boolean isAvailable() {
    List<String> nothing = new ArrayList<>(ENV);
    nothing.add("true");
    try {
      return new ProcessBuilder(nothing).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
