package dev.standstill.explore.program;

/**
 * Where a place is in a program, and what happens there. Immutable.
 *
 * @param action what a task does
 * @param owner the name of the class to which the field or the method belongs; empty if it is none
 * @param member the name of the field or the method, or what is used instead, such as "an array"
 * @param object the name of the field or variable in which the program has the object there, or the
 *     object whose field it is; empty if it is not known
 * @param method the method in which that happens, as people write it
 * @param file its source file
 * @param line the line in it, 0 if it is not known
 */
public record Site(
    Action action,
    String owner,
    String member,
    String object,
    String method,
    String file,
    int line) {

  /** What a task does at a place, as a verb. */
  public enum Action {
    /** A field or an array. */
    READS("reads"),
    /** A field or an array. */
    WRITES("writes"),
    /** A method. */
    CALLS("calls"),
    /** A monitor. */
    ENTERS("enters"),
    /** In a monitor. */
    WAITS("waits in");

    private final String verb;

    Action(String verb) {
      this.verb = verb;
    }

    @Override
    public String toString() {
      return verb;
    }
  }

  /** Whether a field is read or written. */
  public boolean isField() {
    return !owner.isEmpty() && (action == Action.READS || action == Action.WRITES);
  }

  /** What is used, with its class, as people write it. */
  public String what() {
    return owner.isEmpty() ? member : simple(owner) + "." + member;
  }

  /** What is used, as the program writes it, if that is known; else like {@link #what()}. */
  public String asWritten() {
    return object.isEmpty() || owner.isEmpty() ? what() : object + "." + member;
  }

  /** The file and the line. */
  public String where() {
    return line > 0 ? file + ":" + line : file;
  }

  /** The method, without its class, as people speak of it. */
  public String inMethod() {
    String name = method.substring(method.lastIndexOf('.') + 1);
    String[] lambda = name.split("\\$");
    return switch (name) {
      case "<init>" -> "constructor";
      case "<clinit>" -> "class initialiser";
      default -> lambda.length > 1 && lambda[0].equals("lambda") ? "lambda in " + lambda[1] : name;
    };
  }

  /** Such as "reads Counter.count in Counter.add(Counter.java:7)". */
  @Override
  public String toString() {
    return "%s %s in %s(%s)".formatted(action, what(), method, where());
  }

  /** The name of a class without its package, as people write it. */
  public static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
  }
}
