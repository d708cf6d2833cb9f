package dev.standstill.explore;

import dev.standstill.explore.program.Places;
import dev.standstill.explore.race.Meeting;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two threads access the same memory, one of them at least writes, and nothing orders them (Java
 * Language Specification, 17.4.5). It may do no harm under any schedule that is explored, because
 * these are run by one processor; on several a thread may see old values, half of an object, or a
 * broken collection. Immutable.
 *
 * <p>A race is told only if it was seen: one thread stood right before its access while another one
 * made its own. So there is none that is told by mistake.
 *
 * @param subject what is accessed: a field, as in {@code "Lazy.instance"}, {@code "an array"}, or
 *     the call that uses an object which is not made for threads, as in {@code "HashMap.put"}
 * @param first the access that was made
 * @param second the access that could have been made at the same moment
 */
public record DataRace(String subject, Access first, Access second) {

  /**
   * One of the two accesses. Immutable.
   *
   * @param thread the name of the thread that makes it
   * @param writes whether it writes; else it reads
   * @param where what the thread does, and where that is in the program, as in {@code "reads
   *     Lazy.instance in Lazy.get(Lazy.java:9)"}
   * @param stack where the thread is, the innermost frame first, as far as it is in the program
   */
  public record Access(String thread, boolean writes, String where, List<StackTraceElement> stack) {

    /** Copies the list. */
    public Access {
      stack = List.copyOf(stack);
    }

    private Stream<String> lines() {
      return Stream.concat(
          Stream.of("  " + said()), stack.stream().map(frame -> "      at " + frame));
    }

    private String said() {
      return "\"%s\" %s".formatted(thread, where);
    }
  }

  static DataRace of(Meeting meeting) {
    return new DataRace(meeting.subject(), access(meeting.running()), access(meeting.waiting()));
  }

  /** Whether another one is of the same two accesses, whichever is the first of them. */
  boolean isAt(DataRace other) {
    return subject.equals(other.subject)
        && (isAt(other.first, other.second) || isAt(other.second, other.first));
  }

  private boolean isAt(Access one, Access other) {
    return first.where.equals(one.where) && second.where.equals(other.where);
  }

  private static Access access(Meeting.Part part) {
    return new Access(part.task(), part.writes(), Places.describe(part.place()), part.stack());
  }

  /**
   * Says which order is missing.
   *
   * @return a sentence
   */
  public String missing() {
    return ("Nothing orders them: both threads stood before their access at one moment, so there is"
            + " no lock that both hold, and %s.")
        .formatted(whyNot());
  }

  private String whyNot() {
    if (first.where.startsWith("calls ")) {
      return subject.substring(0, subject.indexOf('.')) + " is not made for threads";
    }
    return first.where.contains(" an array ")
        ? "elements of arrays are not volatile"
        : subject + " is not volatile";
  }

  /**
   * Says all that is known, for people: the {@link #toString} and where both threads were.
   *
   * @return several lines, without an end of line after the last
   */
  public String story() {
    return Stream.of(
            Stream.of("Data race on %s:".formatted(subject)),
            first.lines(),
            second.lines(),
            Stream.of(missing()))
        .flatMap(lines -> lines)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Says which accesses race, in a line. */
  @Override
  public String toString() {
    return "Data race: %s while %s.".formatted(first.said(), second.said());
  }
}
