package dev.standstill.bench;

import static dev.standstill.bench.Contestant.AGENT;
import static dev.standstill.bench.Contestant.BARE;
import static dev.standstill.bench.Contestant.EXECUTOR;
import static dev.standstill.bench.Contestant.FLOOR;
import static dev.standstill.bench.Contestant.JDK;
import static dev.standstill.bench.Contestant.KOTLINX;
import static dev.standstill.bench.Contestant.LINCHECK;
import static dev.standstill.bench.Contestant.LOOP;
import static dev.standstill.bench.Contestant.LOOP_ON_NETTY;
import static dev.standstill.bench.Contestant.LOOP_WITH_AGENT;
import static dev.standstill.bench.Contestant.NETTY;
import static dev.standstill.bench.Contestant.NO_AGENT;
import static dev.standstill.bench.Contestant.TEST_LOOP;
import static dev.standstill.bench.Contestant.TRACED;

import java.util.EnumMap;
import java.util.Map;

/** What is measured: a row of the table. */
enum Row {
  YIELD(
      "switch by yield",
      "ns",
      with(
              Measurement.of(SwitchBenchmark.class, "yield"),
              LOOP,
              LOOP_WITH_AGENT,
              TEST_LOOP,
              TRACED,
              JDK,
              FLOOR)
          .and(EXECUTOR, Measurement.alone(CallbackBenchmark.class, "resubmit"))
          .and(BARE, Measurement.alone(ContinuationBenchmark.class, "resume"))),
  PARK(
      "switch by park and unpark",
      "ns",
      with(
          Measurement.of(SwitchBenchmark.class, "park"),
          LOOP,
          LOOP_WITH_AGENT,
          TEST_LOOP,
          TRACED,
          JDK,
          FLOOR)),
  LOCK(
      "switch by a ReentrantLock",
      "ns",
      with(
          Measurement.of(SwitchBenchmark.class, "lock"),
          LOOP,
          LOOP_WITH_AGENT,
          TEST_LOOP,
          TRACED,
          JDK,
          FLOOR)),
  QUEUE(
      "switch by a BlockingQueue",
      "ns",
      with(
          Measurement.of(SwitchBenchmark.class, "queue"),
          LOOP,
          LOOP_WITH_AGENT,
          TEST_LOOP,
          TRACED,
          JDK,
          FLOOR)),
  START(
      "start and finish",
      "ns",
      with(Measurement.of(SpawnBenchmark.class, "start"), LOOP, LOOP_WITH_AGENT, TEST_LOOP, JDK)),
  JOIN(
      "start and join",
      "ns",
      with(Measurement.of(SpawnBenchmark.class, "join"), LOOP, LOOP_WITH_AGENT, TEST_LOOP, JDK)),
  SUBMIT(
      "submit and get",
      "ns",
      with(Measurement.of(SpawnBenchmark.class, "submit"), LOOP, LOOP_WITH_AGENT, TEST_LOOP, JDK)),
  FLOOD(
      "execute from outside, flood",
      "ns",
      with(Measurement.of(HandOverBenchmark.class, "flood"), LOOP, JDK, EXECUTOR, NETTY)),
  ROUND_TRIP(
      "execute from outside, round trip",
      "ns",
      with(Measurement.of(HandOverBenchmark.class, "roundTrip"), LOOP, JDK, EXECUTOR, NETTY)),
  TIMER(
      "timer among 1,000,000",
      "ns",
      with(Measurement.of(TimerBenchmark.class, "fire"), LOOP, EXECUTOR, NETTY)),
  EMPTY(
      "open, run and close",
      "ns",
      with(Measurement.alone(TestLoopBenchmark.class, "empty"), TEST_LOOP)),
  SLEEPS(
      "1,000 sleeps of 1 s",
      "ns",
      with(Measurement.alone(TestLoopBenchmark.class, "sleeps"), TEST_LOOP)),
  STATEMENT(
      "jdbc statement",
      "ns",
      with(Measurement.of(DatabaseBenchmark.class, "statement"), LOOP, TEST_LOOP, JDK, BARE)),
  SCHEDULE_PLATFORM(
      "schedule of two platform threads", "ns", with(Schedules.of(2, false), TEST_LOOP)),
  SCHEDULE_5(
      "schedule of five platform threads", "ns", with(Schedules.of(5, false), TEST_LOOP, LINCHECK)),
  SCHEDULE_VIRTUAL("schedule of two virtual threads", "ns", with(Schedules.of(2, true), TEST_LOOP)),
  SCHEDULE_100("schedule of 100 virtual threads", "ns", with(Schedules.of(100, true), TEST_LOOP)),
  SCHEDULE_PLAIN(
      "schedule of plain accesses, races ignored", "ns", with(PlainSchedules.of(false), TEST_LOOP)),
  SCHEDULE_RACES(
      "schedule of plain accesses, races told", "ns", with(PlainSchedules.of(true), TEST_LOOP)),
  EMPTY_TEST("empty JUnit test", "ns", with(EmptyTests::measure, TEST_LOOP, JDK, KOTLINX)),
  ECHO_1("echo, 1 connection", "ns", echoWith(1)),
  ECHO_64("echo, 64 connections", "ns", echoWith(64)),
  ECHO_1000("echo, 1,000 connections", "ns", echoWith(1_000)),
  NETWORK_ROUND_TRIP("network round trip", "ns", networkOf(NetworkTraffic.Kind.ROUND_TRIP)),
  NETWORK_MEBIBYTE("network, 1 MiB", "ns", networkOf(NetworkTraffic.Kind.MEBIBYTE)),
  NETWORK_IDLE(
      "network, idle connection",
      "bytes of heap",
      with(NetworkTraffic.of(NetworkTraffic.Kind.IDLE), TEST_LOOP)),
  HOST("hosts, add one", "ns", with(Hosts.of(Hosts.Kind.ADD), TEST_LOOP)),
  HOST_HEAP("hosts, one that waits", "bytes of heap", with(Hosts.of(Hosts.Kind.HEAP), TEST_LOOP)),
  HOST_RAFT("hosts, a run of Raft under chaos", "ns", with(Hosts.of(Hosts.Kind.RAFT), TEST_LOOP)),
  BLOCKED("blocked task", "bytes of heap", with(BlockedTasks::measure, LOOP, TEST_LOOP, JDK)),
  THREAD("off the loop, start a thread", "ns", offLoop("startThread")),
  POOL("off the loop, submit to a pool", "ns", offLoop("submitToPool")),
  NANO_TIME("off the loop, nanoTime", "ns", offLoop("nanoTime")),
  RANDOM("off the loop, new Random", "ns", offLoop("newRandom")),
  START_UP("start a JVM", "ms", with(StartUp::measure, NO_AGENT, AGENT));

  private final String label;
  private final String unit;
  private final Map<Contestant, Measurement> cells;

  Row(String label, String unit, Cells cells) {
    this.label = label;
    this.unit = unit;
    this.cells = cells.of;
  }

  String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  /** Who is measured, and how. */
  Map<Contestant, Measurement> cells() {
    return cells;
  }

  private static Cells offLoop(String method) {
    return with(Measurement.alone(OffLoopBenchmark.class, method), NO_AGENT, AGENT);
  }

  private static Cells with(Measurement measurement, Contestant... contestants) {
    Cells cells = new Cells();
    for (Contestant contestant : contestants) {
      cells.and(contestant, measurement);
    }
    return cells;
  }

  private static Cells networkOf(NetworkTraffic.Kind kind) {
    return with(NetworkTraffic.of(kind), TEST_LOOP, JDK);
  }

  private static Cells echoWith(int connections) {
    return with(EchoClient.with(connections), LOOP, JDK, NETTY, LOOP_ON_NETTY);
  }

  private static final class Cells {
    private final Map<Contestant, Measurement> of = new EnumMap<>(Contestant.class);

    Cells and(Contestant contestant, Measurement measurement) {
      of.put(contestant, measurement);
      return this;
    }
  }
}
