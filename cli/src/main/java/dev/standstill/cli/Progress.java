package dev.standstill.cli;

import dev.standstill.explore.ExplorationResult;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that says how it goes; nothing where there is no terminal. */
final class Progress {

  private static final String CLEAR_LINE = "\r\033[K";

  private final @Nullable PrintStream terminal;
  private boolean shown;

  Progress(PrintStream err) {
    terminal = System.console() != null && System.console().isTerminal() ? err : null;
  }

  void show(ExplorationResult result) {
    if (terminal != null) {
      double seconds = Math.max(result.elapsed().toNanos(), 1) / 1e9;
      terminal.printf(
          "%s%,d schedules, %,d distinct, %,.0f a second, none fails",
          CLEAR_LINE, result.schedules(), result.distinct(), result.schedules() / seconds);
      terminal.flush();
      shown = true;
    }
  }

  /** Takes the line away. */
  void clear() {
    if (terminal != null && shown) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
      shown = false;
    }
  }
}
