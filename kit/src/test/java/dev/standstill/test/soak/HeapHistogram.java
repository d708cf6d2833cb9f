package dev.standstill.test.soak;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What lives in the heap after a full collection.
 *
 * @param instances how many objects, by class
 * @param bytes the sizes of all together
 */
record HeapHistogram(Map<String, Long> instances, long bytes) {

  static HeapHistogram take() throws JMException {
    System.gc(); // the histogram collects, too: what only cleaners refer to is gone then
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
        instances.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
        bytes += Long.parseLong(columns[2]);
      }
    }
    return new HeapHistogram(instances, bytes);
  }

  /** Classes whose names begin so and that have grown by so many objects or more since then. */
  Map<String, Long> grownSince(HeapHistogram before, String prefix, long atLeast) {
    Map<String, Long> grown = new TreeMap<>();
    instances.forEach((name, count) -> {
      long growth = count - before.instances.getOrDefault(name, 0L);
      if (name.startsWith(prefix) && growth >= atLeast) {
        grown.put(name, growth);
      }
    });
    return grown;
  }
}
