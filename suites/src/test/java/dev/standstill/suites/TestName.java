package dev.standstill.suites;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short names of tests, as people write them: {@code TestPool.testBorrow}. */
final class TestName {

  private static final Pattern CLASS =
      Pattern.compile("\\[(?:class|nested-class|runner):(?:[^\\]/]*\\.)?([^\\]/.]+)\\]");
  private static final Pattern METHOD =
      Pattern.compile("\\[(?:method|test-template|test-factory|test):([^(\\]]+)");

  private TestName() {}

  /** Returns the class and the method, without package, parameters and number of a call. */
  static String of(String uniqueId) {
    String name = lastMatch(CLASS, uniqueId);
    String method = lastMatch(METHOD, uniqueId);
    return method.isEmpty() ? name : name + "." + method;
  }

  private static String lastMatch(Pattern pattern, String uniqueId) {
    Matcher matcher = pattern.matcher(uniqueId);
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }
}
