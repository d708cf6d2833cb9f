package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever tells the time shows the loop's to its tasks, and real time to everybody else. */
class VirtualClocksTest {

  private static final Instant START = Instant.parse("1999-12-31T22:59:58.123456789Z");
  private static final Duration SLEEP = Duration.ofSeconds(2).plusNanos(1_000_001);
  private static final Instant END = START.plus(SLEEP);

  private final TestLoop loop = TestLoop.builder().start(START).open();

  @AfterEach
  void close() {
    loop.close();
  }

  static Stream<Arguments> clocks() {
    return Stream.of(
        clock("System.currentTimeMillis", () -> Instant.ofEpochMilli(System.currentTimeMillis())),
        clock("Instant.now", Instant::now),
        clock("Instant.now(Clock)", () -> Instant.now(Clock.systemDefaultZone())),
        clock("Clock.systemUTC", () -> Clock.systemUTC().instant()),
        clock("Clock.systemUTC.millis", () -> Instant.ofEpochMilli(Clock.systemUTC().millis())),
        clock("Clock.systemDefaultZone", () -> Clock.systemDefaultZone().instant()),
        clock("Clock.system", () -> Clock.system(ZoneId.of("Asia/Tokyo")).instant()),
        clock("Clock.tickMillis", () -> Clock.tickMillis(ZoneOffset.UTC).instant()),
        clock("Clock.offset", () -> Clock.offset(Clock.systemUTC(), Duration.ZERO).instant()),
        clock("InstantSource.system", () -> InstantSource.system().instant()),
        clock("InstantSource.millis", () -> Instant.ofEpochMilli(InstantSource.system().millis())),
        clock(
            "LocalDateTime.now",
            () -> LocalDateTime.now().atZone(ZoneId.systemDefault()).toInstant()),
        clock(
            "LocalDateTime.now(ZoneId)",
            () -> LocalDateTime.now(ZoneOffset.UTC).toInstant(ZoneOffset.UTC)),
        clock(
            "LocalDate.now and LocalTime.now",
            () ->
                LocalDate.now(ZoneOffset.UTC)
                    .atTime(LocalTime.now(ZoneOffset.UTC))
                    .toInstant(ZoneOffset.UTC)),
        clock("ZonedDateTime.now", () -> ZonedDateTime.now().toInstant()),
        clock("OffsetDateTime.now", () -> OffsetDateTime.now().toInstant()),
        clock("new Date", () -> new Date().toInstant()),
        clock("Calendar.getInstance", () -> Calendar.getInstance().toInstant()),
        clock("new GregorianCalendar", () -> new GregorianCalendar().toInstant()));
  }

  private static Arguments clock(String name, Callable<Instant> now) {
    return Arguments.of(name, now);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clocks")
  void showsVirtualTimeToTasks(String name, Callable<Instant> now) throws Exception {
    Instant[] seen = new Instant[2];
    loop.run(() -> {
      seen[0] = now.call();
      Thread.sleep(SLEEP);
      seen[1] = now.call();
    });

    ChronoUnit precision =
        seen[1].getNano() % 1_000_000 == 0 ? ChronoUnit.MILLIS : ChronoUnit.NANOS;
    assertThat(seen[0]).isEqualTo(START.truncatedTo(precision));
    assertThat(seen[1]).isEqualTo(END.truncatedTo(precision));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clocks")
  void showsRealTimeToTheDriver(String name, Callable<Instant> now) throws Exception {
    loop.run(now);

    assertThat(now.call()).isAfter(Instant.parse("2025-01-01T00:00:00Z"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clocks")
  void showsRealTimeToThreadsOfNoLoopMeanwhile(String name, Callable<Instant> now)
      throws Exception {
    var read = new FutureTask<>(now);
    try (var outside = OutsideThread.that("outside", read::run)) {
      Instant inside =
          loop.run(() -> {
            outside.go();
            outside.thread().join();
            return now.call();
          });

      assertThat(read.get()).isAfter(Instant.parse("2025-01-01T00:00:00Z"));
      assertThat(inside).isBefore(END);
    }
  }

  @Test
  void nanoTimeMovesExactlyWithVirtualTime() throws Exception {
    long elapsed =
        loop.run(() -> {
          long before = System.nanoTime();
          Thread.sleep(SLEEP);
          return System.nanoTime() - before;
        });

    assertThat(elapsed).isEqualTo(SLEEP.toNanos());
  }

  @Test
  void nanoTimeStandsStillWhileATaskComputes() throws Exception {
    boolean moved =
        loop.run(() -> {
          long before = System.nanoTime();
          for (int i = 0; i < 100_000; i++) {
            if (System.nanoTime() != before) {
              return true;
            }
          }
          return false;
        });

    assertThat(moved).isFalse();
  }

  @Test
  void nanoTimeIsRealForTheDriver() throws Exception {
    long before = System.nanoTime();
    loop.run(() -> Thread.sleep(Duration.ofDays(10_000)));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofDays(1));
  }

  @Test
  void calendarDatesAreVirtual() throws Exception {
    loop.run(() -> {
      assertThat(LocalDate.now(ZoneOffset.UTC)).isEqualTo("1999-12-31");
      assertThat(Year.now(ZoneOffset.UTC)).isEqualTo(Year.of(1999));
      assertThat(YearMonth.now(ZoneOffset.UTC)).isEqualTo(YearMonth.of(1999, 12));
      assertThat(JapaneseDate.now(ZoneOffset.UTC)).isEqualTo(JapaneseDate.of(1999, 12, 31));
      Thread.sleep(Duration.ofHours(2));
      assertThat(LocalDate.now(ZoneOffset.UTC)).isEqualTo("2000-01-01");
    });
  }

  @Test
  void theLoopsOwnClockIsTheTasksForEverybody() throws Exception {
    Clock clock = loop.clock();
    InstantSource source = clock;
    loop.advance(SLEEP);

    assertThat(clock.instant()).isEqualTo(END).isEqualTo(loop.now());
    assertThat(source.millis()).isEqualTo(END.toEpochMilli());
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    assertThat(ZonedDateTime.now(clock.withZone(ZoneId.of("Europe/Berlin"))))
        .isEqualTo(END.atZone(ZoneId.of("Europe/Berlin")));
    assertThat(loop.run(clock::instant)).isEqualTo(END);
  }

  @Test
  void twoLoopsHaveTimesOfTheirOwn() throws Exception {
    try (TestLoop other = TestLoop.builder().name("other").open()) {
      loop.advance(Duration.ofDays(1));

      assertThat(other.run(() -> Instant.now())).isEqualTo(TestLoop.DEFAULT_START);
      assertThat(loop.run(() -> Instant.now())).isEqualTo(START.plus(Duration.ofDays(1)));
    }
  }

  @Test
  void aStartFarAwayIsShownToo() throws Exception {
    for (String start : new String[] {"-9999-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
      try (TestLoop far = TestLoop.builder().start(Instant.parse(start)).open()) {
        assertThat(far.run(() -> Instant.now())).isEqualTo(start);
        assertThat(far.run(() -> new Date().toInstant())).isEqualTo(start);
      }
    }
  }

  @Test
  void virtualThreadsOfNoLoopSeeRealTime() throws Exception {
    loop.run(() -> {});
    Instant[] seen = new Instant[1];
    Thread.startVirtualThread(() -> seen[0] = Instant.now()).join();

    assertThat(seen[0]).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
  }
}
