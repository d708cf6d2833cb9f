package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Reads every clock of the JDK on the loop, on another virtual thread and on the main thread. */
public final class SystemClocks {

  private SystemClocks() {}

  public static void main(String[] arguments) throws Exception {
    Loop.open();
    print("task", Loop.call(SystemClocks::read));
    FutureTask<Map<String, Object>> other = new FutureTask<>(SystemClocks::read);
    Thread.ofVirtual().name("other").start(other);
    print("other", other.get());
    print("main", read());
  }

  private static Map<String, Object> read() {
    LongSupplier nanoTime = System::nanoTime;
    Supplier<Instant> now = Instant::now;
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("System.nanoTime", System.nanoTime());
    values.put("System::nanoTime", nanoTime.getAsLong());
    values.put("System.currentTimeMillis", System.currentTimeMillis());
    values.put("Instant.now", Instant.now());
    values.put("Instant::now", now.get());
    values.put("LocalDateTime.now", LocalDateTime.now(ZoneOffset.UTC));
    values.put("ZonedDateTime.now", ZonedDateTime.now(ZoneOffset.UTC).toInstant());
    values.put("Clock.systemUTC", Clock.systemUTC().instant());
    values.put("Clock.systemUTC.millis", Clock.systemUTC().millis());
    values.put("Clock.systemDefaultZone", Clock.systemDefaultZone().instant());
    values.put("InstantSource.system", InstantSource.system().instant());
    values.put("Date", new Date().toInstant());
    values.put("Calendar", Calendar.getInstance().toInstant());
    return values;
  }

  private static void print(String thread, Map<String, Object> values) {
    values.forEach((clock, value) -> System.out.println(thread + " " + clock + "=" + value));
  }
}
