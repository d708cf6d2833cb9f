package dev.standstill.test.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tests run on loops without an annotation, as the configuration parameter {@code
 * standstill.loop} says: {@code all}, {@code none}, or names of classes, separated by commas. A
 * name with a dot is that of a class with its package, one without is the class alone; {@code *}
 * stands for any letters, {@code #} comes before the name of a method, and {@code !} leaves out
 * what would be meant otherwise. A class means its nested classes, too. Immutable.
 */
public final class LoopPattern {

  /** The configuration parameter. */
  public static final String PARAMETER = "standstill.loop";

  private static final String ALL = "all";
  private static final String NONE = "none";

  private static final Pattern SHAPE =
      Pattern.compile("!?[\\p{javaJavaIdentifierPart}.*]+(#[^#!,]+)?");

  /**
   * One of the names.
   *
   * @param text as it was written
   * @param excludes whether it begins with {@code !}
   * @param type what the class is called
   * @param hasPackage whether {@code type} is about the package, too
   * @param method what the method is called; {@code .*} for any
   * @param isOfMethod whether it names methods
   */
  private record Name(
      String text,
      boolean excludes,
      Pattern type,
      boolean hasPackage,
      Pattern method,
      boolean isOfMethod) {

    static Name of(String text) {
      boolean excludes = text.startsWith("!");
      String[] parts = text.substring(excludes ? 1 : 0).split("#", 2);
      boolean isOfMethod = parts.length == 2;
      return new Name(
          text,
          excludes,
          wildcard(parts[0].equals(ALL) ? "*" : parts[0]),
          parts[0].contains("."),
          wildcard(isOfMethod ? parts[1] : "*"),
          isOfMethod);
    }

    private static Pattern wildcard(String text) {
      String[] literals = text.split("\\*", -1);
      return Pattern.compile(String.join(".*", Stream.of(literals).map(Pattern::quote).toList()));
    }

    boolean matches(Class<?> testClass) {
      for (Class<?> each = testClass; each != null; each = each.getEnclosingClass()) {
        String name = each.getName();
        String alone = name.substring(name.lastIndexOf('.') + 1);
        if (type.matcher(hasPackage ? name : alone).matches()
            || !hasPackage && type.matcher(each.getSimpleName()).matches()) {
          return true;
        }
      }
      return false;
    }

    boolean matches(Class<?> testClass, String methodName) {
      return matches(testClass) && method.matcher(methodName).matches();
    }
  }

  private final List<Name> names;

  private LoopPattern(List<Name> names) {
    this.names = names;
  }

  /**
   * What the parameter says; empty if it is not set.
   *
   * @param parameters gives the value of a parameter, null if it has none
   * @throws IllegalArgumentException if it cannot be read; the message says why, and what can
   */
  public static Optional<LoopPattern> of(Function<String, @Nullable String> parameters) {
    return Optional.ofNullable(parameters.apply(PARAMETER)).map(LoopPattern::parse);
  }

  /**
   * Reads what the parameter says.
   *
   * @throws IllegalArgumentException if it cannot be read; the message says why, and what can
   */
  public static LoopPattern parse(String text) {
    if (text.strip().equals(NONE)) {
      return new LoopPattern(List.of());
    }
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (String part : parts) {
      if (!SHAPE.matcher(part).matches()) {
        throw new IllegalArgumentException(
            "%s = \"%s\" cannot be read: %s. Write all, none, or names of test classes with commas between them, as in com.example.*, !*IT, !OrderTest#prints*"
                .formatted(
                    PARAMETER,
                    text,
                    part.isEmpty()
                        ? "a name is missing"
                        : "\"%s\" is no name of a class".formatted(part)));
      }
    }
    return new LoopPattern(parts.stream().map(Name::of).toList());
  }

  /** Whether no test is meant. */
  public boolean isNone() {
    return names.isEmpty();
  }

  /** Whether code about a class is meant: its fixtures, and its one instance if it has one. */
  public boolean includes(Class<?> testClass) {
    return isIncluded(names.stream().filter(name -> name.matches(testClass)), false);
  }

  /** Whether a test is meant. */
  public boolean includes(Class<?> testClass, String methodName) {
    return isIncluded(names.stream().filter(name -> name.matches(testClass, methodName)), true);
  }

  /**
   * @param matching the names that match
   * @param methods whether those that leave out methods count
   */
  private boolean isIncluded(Stream<Name> matching, boolean methods) {
    boolean included = !names.isEmpty() && names.stream().allMatch(Name::excludes);
    for (Name name : matching.toList()) {
      if (!name.excludes()) {
        included = true;
      } else if (methods || !name.isOfMethod()) {
        return false;
      }
    }
    return included;
  }

  /** The names, as they were written, that match no test of any of the classes. */
  public List<String> unmatched(Stream<TestName> tests) {
    List<TestName> all = tests.toList();
    return names.stream()
        .filter(name ->
            all.stream().noneMatch(test -> name.matches(test.testClass(), test.methodName())))
        .map(Name::text)
        .toList();
  }

  /**
   * A test method.
   *
   * @param testClass the class that it is called on
   * @param methodName its name
   */
  public record TestName(Class<?> testClass, String methodName) {}
}
