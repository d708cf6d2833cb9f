package dev.standstill.test.soak;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What lives in the heap after a full collection.
 *
 * @param instances how many objects there are of each class that is of interest: ours and threads
 * @param bytes the sizes of all objects together
 */
record HeapHistogram(Map<String, Long> instances, long bytes) {

  /** Cleaners are threads of the JVM: what only they refer to is gone some time later. */
  private static final int LOOKS = 200;

  private static final long MILLIS_BETWEEN = 50;

  /** What there is one of for each task or timer. */
  private static final List<String> OF_TASKS =
      List.of(
          "java.lang.VirtualThread",
          "dev.standstill.core.TaskRecord",
          "dev.standstill.core.Timer",
          "dev.standstill.core.ScheduledLoopTask",
          "dev.standstill.SpawnedTask",
          "dev.standstill.test.VirtualTask");

  static HeapHistogram take() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> instances = new TreeMap<>();
    long bytes = 0;
    for (String line : histogram.lines().toList()) {
      String[] columns = line.strip().split("\\s+"); // 1: 1234 56789 java.lang.String (java.base)
      if (columns.length >= 4 && columns[0].endsWith(":")) {
        bytes += Long.parseLong(columns[2]);
        if (isOfInterest(columns[3])) {
          instances.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
        }
      }
    }
    return new HeapHistogram(instances, bytes);
  }

  private static boolean isOfInterest(String className) {
    return className.startsWith("dev.standstill.") || className.startsWith("java.lang.Virtual");
  }

  /** Looks until the heap is as expected; returns the last look if it never is. */
  static HeapHistogram once(Predicate<HeapHistogram> asExpected)
      throws JMException, InterruptedException {
    HeapHistogram look = take();
    for (int i = 1; i < LOOKS && !asExpected.test(look); i++) {
      Thread.sleep(MILLIS_BETWEEN);
      look = take();
    }
    return look;
  }

  /** Which classes have so many objects more than then, and how many. */
  Map<String, Long> grownSince(HeapHistogram before, long atLeast) {
    Map<String, Long> grown = new TreeMap<>();
    instances.forEach((name, count) -> {
      long growth = count - before.instances.getOrDefault(name, 0L);
      if (growth >= atLeast) {
        grown.put(name, growth);
      }
    });
    return grown;
  }

  /** The same of tasks and timers only, and of each one. */
  Map<String, Long> ofTasksSince(HeapHistogram before) {
    Map<String, Long> grown = grownSince(before, 1);
    grown.keySet().retainAll(OF_TASKS);
    return grown;
  }
}
