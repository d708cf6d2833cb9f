package dev.standstill.junit.flakes;

import java.util.List;
import java.util.Set;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.UniqueId.Segment;

/** How JUnit calls tests. */
final class TestIds {

  private static final String ENGINE = "engine";

  /** What a segment is called that stands for a method. */
  private static final Set<String> METHODS = Set.of("method", "test-factory", "test-template");

  private TestIds() {}

  /**
   * The test method that {@code id} is, or belongs to; {@code id} itself for what is above methods.
   * Without the suite that it was found by.
   */
  static String ofMethod(String id) {
    List<Segment> segments = UniqueId.parse(id).getSegments();
    int engine = lastEngine(segments);
    UniqueId method =
        UniqueId.root(segments.get(engine).getType(), segments.get(engine).getValue());
    for (Segment segment : segments.subList(engine + 1, segments.size())) {
      method = method.append(segment);
      if (METHODS.contains(segment.getType())) {
        break;
      }
    }
    return method.toString();
  }

  /** A suite is run by an engine that has others. */
  private static int lastEngine(List<Segment> segments) {
    for (int i = segments.size() - 1; i > 0; i--) {
      if (segments.get(i).getType().equals(ENGINE)) {
        return i;
      }
    }
    return 0;
  }

  /** Whether {@code id} is that of a method, or of what belongs to one. */
  static boolean isInMethod(String id) {
    return UniqueId.parse(id).getSegments().stream()
        .anyMatch(segment -> METHODS.contains(segment.getType()));
  }

  /** Whether it is an invocation of a test that has several: only the first may be the only one. */
  static boolean isOneOfMany(String id) {
    String last = UniqueId.parse(id).getLastSegment().getValue();
    return last.startsWith("#") && !last.equals("#1");
  }

  /** Whether a test belongs to a container, or is it. */
  static boolean isIn(String container, String test) {
    return test.equals(container) || test.startsWith(container + "/");
  }
}
