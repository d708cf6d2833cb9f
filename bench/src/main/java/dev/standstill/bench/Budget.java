package dev.standstill.bench;

import java.util.List;
import java.util.function.Function;

/**
 * What a number may be at most.
 *
 * @param what what is limited
 * @param of finds it in the results, once for each round
 */
record Budget(String what, Function<Results, double[]> of, double limit) {

  private static final double TWO_GIB_PER_MILLION = 2.0 * (1 << 30) / 1_000_000;

  static final List<Budget> ALL =
      List.of(
          ratio(Row.YIELD, Contestant.LOOP, Contestant.JDK, 0.75),
          ratio(Row.PARK, Contestant.LOOP, Contestant.JDK, 0.75),
          ratio(Row.LOCK, Contestant.LOOP, Contestant.JDK, 0.75),
          ratio(Row.QUEUE, Contestant.LOOP, Contestant.JDK, 0.75),
          ratio(Row.YIELD, Contestant.LOOP, Contestant.FLOOR, 1.1),
          ratio(Row.PARK, Contestant.LOOP, Contestant.FLOOR, 1.1),
          ratio(Row.LOCK, Contestant.LOOP, Contestant.FLOOR, 1.1),
          ratio(Row.QUEUE, Contestant.LOOP, Contestant.FLOOR, 1.1),
          ratio(Row.YIELD, Contestant.TEST_LOOP, Contestant.LOOP_WITH_AGENT, 1.3),
          ratio(Row.PARK, Contestant.TEST_LOOP, Contestant.LOOP_WITH_AGENT, 1.3),
          ratio(Row.LOCK, Contestant.TEST_LOOP, Contestant.LOOP_WITH_AGENT, 1.3),
          ratio(Row.QUEUE, Contestant.TEST_LOOP, Contestant.LOOP_WITH_AGENT, 1.3),
          ratio(Row.YIELD, Contestant.TRACED, Contestant.TEST_LOOP, 1.3),
          ratio(Row.PARK, Contestant.TRACED, Contestant.TEST_LOOP, 1.3),
          ratio(Row.LOCK, Contestant.TRACED, Contestant.TEST_LOOP, 1.3),
          ratio(Row.QUEUE, Contestant.TRACED, Contestant.TEST_LOOP, 1.3),
          ratio(Row.YIELD, Contestant.LOOP, Contestant.BARE, 1.3),
          ratio(Row.START, Contestant.LOOP, Contestant.JDK, 0.9),
          ratio(Row.JOIN, Contestant.LOOP, Contestant.JDK, 0.9),
          ratio(Row.FLOOD, Contestant.LOOP, Contestant.NETTY, 1.5),
          ratio(Row.ROUND_TRIP, Contestant.LOOP, Contestant.NETTY, 1.1),
          number(Row.EMPTY, Contestant.TEST_LOOP, 13_000),
          number(Row.SLEEPS, Contestant.TEST_LOOP, 300_000),
          number(Row.SCHEDULE_PLATFORM, Contestant.TEST_LOOP, 10_000),
          number(Row.SCHEDULE_VIRTUAL, Contestant.TEST_LOOP, 6_667),
          ratio(Row.SCHEDULE_5, Contestant.TEST_LOOP, Contestant.LINCHECK, 0.02),
          new Budget(
              "a task of a schedule, among 100 / among 2",
              results ->
                  results.ratios(
                      Row.SCHEDULE_100, Row.SCHEDULE_VIRTUAL, Contestant.TEST_LOOP, 2.0 / 100),
              3),
          difference(Row.STATEMENT, Contestant.LOOP, Contestant.BARE, 5_000),
          difference(Row.STATEMENT, Contestant.TEST_LOOP, Contestant.BARE, 5_000),
          difference(Row.EMPTY_TEST, Contestant.TEST_LOOP, Contestant.JDK, 100_000),
          ratio(Row.NETWORK_ROUND_TRIP, Contestant.TEST_LOOP, Contestant.JDK, 0.5),
          ratio(Row.NETWORK_MEBIBYTE, Contestant.TEST_LOOP, Contestant.JDK, 0.5),
          number(Row.BLOCKED, Contestant.LOOP, TWO_GIB_PER_MILLION),
          ratio(Row.THREAD, Contestant.AGENT, Contestant.NO_AGENT, 1.03),
          ratio(Row.POOL, Contestant.AGENT, Contestant.NO_AGENT, 1.03),
          ratio(Row.NANO_TIME, Contestant.AGENT, Contestant.NO_AGENT, 1.03),
          ratio(Row.RANDOM, Contestant.AGENT, Contestant.NO_AGENT, 1.03),
          difference(Row.START_UP, Contestant.AGENT, Contestant.NO_AGENT, 400));

  private static Budget ratio(Row row, Contestant over, Contestant under, double limit) {
    return new Budget(
        "%s, %s / %s".formatted(row.label(), over.heading(), under.heading()),
        results -> results.ratios(row, over, under),
        limit);
  }

  private static Budget difference(
      Row row, Contestant minuend, Contestant subtrahend, double limit) {
    return new Budget(
        "%s, %s - %s, %s"
            .formatted(row.label(), minuend.heading(), subtrahend.heading(), row.unit()),
        results -> results.differences(row, minuend, subtrahend),
        limit);
  }

  private static Budget number(Row row, Contestant contestant, double limit) {
    return new Budget(
        "%s, %s, %s".formatted(row.label(), contestant.heading(), row.unit()),
        results -> results.of(row, contestant),
        limit);
  }
}
