package dev.standstill.notebook.kernel;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A cell that cannot be compiled or that has thrown. */
final class CellException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String report;

  CellException(String message) {
    this(message, message, null);
  }

  /**
   * @param report what the reader of the notebook is shown
   * @param cause what the cell has thrown
   */
  CellException(String message, String report, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.report = report;
  }

  String report() {
    return report;
  }
}
