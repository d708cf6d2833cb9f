package dev.standstill.test.stage;

import java.util.stream.Collectors;

/** A failure in one line, for lists. */
public final class FailureLine {

  private static final int LONGEST = 200;

  private FailureLine() {}

  /**
   * The first line of what a failure says; all of it, cut off somewhere, if that is only the name
   * of its class.
   */
  public static String of(Throwable failure) {
    String text = failure.toString();
    String first = text.lines().findFirst().orElse("").strip();
    boolean isName = first.matches("[\\w.$]+:?");
    String line =
        isName ? text.lines().map(String::strip).collect(Collectors.joining(" ")).strip() : first;
    String plain = line.replaceAll("\\s+", " ");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + " …";
  }
}
