package dev.standstill;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what is logged by the loops of this JVM, instead of showing it, until it is closed. */
final class LogRecords implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("dev.standstill");

  private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  LogRecords() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  /** What has been logged and not been taken. */
  List<String> messages() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  /** Waits for the next record and takes it. */
  LogRecord take() throws InterruptedException {
    LogRecord record = records.poll(30, TimeUnit.SECONDS);
    if (record == null) {
      throw new AssertionError("Nothing was logged.");
    }
    return record;
  }

  @Override
  public void close() {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
  }
}
