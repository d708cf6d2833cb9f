package dev.standstill.vertx;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what Vert.x's checker of blocked threads logs, instead of showing it. */
final class CheckerWarnings implements AutoCloseable {

  private final Logger log = Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker");
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          messages.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  CheckerWarnings() {
    log.addHandler(handler);
    log.setUseParentHandlers(false);
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    log.removeHandler(handler);
    log.setUseParentHandlers(true);
  }
}
