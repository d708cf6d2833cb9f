package dev.standstill.probe;

import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;

/** Has the first run of a JVM compared with the second. */
public final class FirstCheck {

  private FirstCheck() {}

  public static void main(String[] seeds) throws Exception {
    for (String seed : seeds) {
      TestLoop.checkDeterminism(Schedule.seeded(Long.parseLong(seed)), WholeProgram::run);
      System.out.println(seed + " is one run");
    }
  }
}
