package dev.standstill.notebook;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The classes that cells have defined, found by their names.
 *
 * <p>JShell puts each snippet into a class of its own, {@code REPL.$JShell$} and the number of the
 * snippet; a snippet that replaces an earlier one of that name has its number and a letter: {@code
 * $JShell$7}, {@code $JShell$7B}, {@code $JShell$7C} (JDK 25, {@code jdk.jshell.OuterWrapMap} and
 * {@code Util.asLetters}). The snippet that runs has the highest number so far, and is on the
 * stack.
 */
final class CellClasses {

  private static final String PREFIX = "REPL.$JShell$";

  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$(\\d+).*");
  private static final Pattern NAME_IN_WRAPPER =
      Pattern.compile("(REPL\\.\\$JShell\\$[0-9A-Z_]+)(?:\\$(.+))?");

  private static final Pattern WRAPPER_IN_TEXT =
      Pattern.compile("\\bREPL\\.\\$JShell\\$[0-9A-Z_]+\\$");

  /**
   * What the name of a method contains that JShell has made of a statement, and of the lambdas in
   * it (JDK 25, {@code jdk.jshell.Util}).
   */
  static final String STATEMENT = "do_it$";

  private static final List<Class<? extends Annotation>> AROUND_TESTS =
      List.of(BeforeAll.class, BeforeEach.class, AfterEach.class, AfterAll.class);

  /** How many replacements may be missing in a row: a number is used up by one that fails. */
  private static final int GAP = 3;

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private CellClasses() {}

  /**
   * The tests of all cells, but for those that are forgotten.
   *
   * @throws IllegalStateException if the caller is not called by a cell
   */
  static CellTests withTests() {
    Class<?> caller =
        runningSnippet()
            .orElseThrow(() ->
                new IllegalStateException(
                    "This is called by no cell, so it is unknown where tests are: name their classes, as in Notebook.run(MyTest.class)."));
    ClassLoader loader = caller.getClassLoader();
    Map<String, Class<?>> newest = new LinkedHashMap<>();
    List<Method> topLevel = new ArrayList<>();
    for (int number = 1; number <= numberOf(caller); number++) {
      newestOf(number, loader)
          .ifPresent(wrapper -> {
            for (Class<?> declared : wrapper.getDeclaredClasses()) {
              newest.put(declared.getSimpleName(), declared);
            }
            Arrays.stream(wrapper.getDeclaredMethods())
                .filter(method -> isTest(method) || isAroundTests(method))
                .filter(method -> !ForgottenTests.contains(method))
                .forEach(topLevel::add);
          });
    }
    List<Class<?>> classes = newest.values().stream().filter(CellClasses::hasTests).toList();
    return new CellTests(classes, topLevel, loader);
  }

  /** The name as the reader of a notebook knows it. */
  static String nameOf(Class<?> type) {
    String name = nameOf(type.getName());
    String inPackage = type.getPackageName();
    return name.startsWith(inPackage + ".") ? name.substring(inPackage.length() + 1) : name;
  }

  /** The same for the name of a class; one that is not of a cell keeps its package. */
  static String nameOf(String className) {
    Matcher matcher = NAME_IN_WRAPPER.matcher(className);
    String name = matcher.matches() ? matcher.group(2) : className;
    return name == null ? TopLevelTests.NAME : name.replace('$', '.');
  }

  /** A text that names classes of cells, as the reader knows them. */
  static String withNames(String text) {
    return WRAPPER_IN_TEXT.matcher(text).replaceAll("");
  }

  static boolean isOfCell(String className) {
    return WRAPPER.matcher(className).matches();
  }

  /**
   * The class that JShell has made for the snippet that a class belongs to; empty if it belongs to
   * none, or to one of several that share a class, because they name each other.
   */
  static Optional<String> wrapperOf(String className) {
    Matcher matcher = NAME_IN_WRAPPER.matcher(className);
    return matcher.matches()
        ? Optional.of(matcher.group(1)).filter(name -> !name.contains("_"))
        : Optional.empty();
  }

  /** The class of the snippet that is calling; empty if no cell is. */
  static Optional<Class<?>> runningSnippet() {
    return STACK.walk(frames ->
        frames
            .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
            .filter(type -> numberOf(type) > 0)
            .max(Comparator.comparingInt(CellClasses::numberOf)));
  }

  /** The number of the snippet that the class belongs to; 0 if it is not of a cell. */
  private static int numberOf(Class<?> type) {
    Matcher matcher = WRAPPER.matcher(type.getName());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static Optional<Class<?>> newestOf(int number, ClassLoader loader) {
    Class<?> newest = null;
    int missing = 0;
    for (int sequence = 0; missing < GAP; sequence++) {
      Class<?> found = find(PREFIX + number + letters(sequence), loader);
      missing = found == null ? missing + 1 : 0;
      newest = found == null ? newest : found;
    }
    return Optional.ofNullable(newest);
  }

  private static @Nullable Class<?> find(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** A number to the base of 26, written with A for 0; nothing for 0 itself. */
  private static String letters(int number) {
    return number == 0
        ? ""
        : Integer.toString(number, 26)
            .chars()
            .map(digit -> 'A' + Character.digit(digit, 26))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean hasTests(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && !ForgottenTests.contains(type)
        && (testMethodsOf(type).stream().anyMatch(method -> !ForgottenTests.contains(method))
            || nestedIn(type).anyMatch(CellClasses::hasTests));
  }

  /** The tests of a class, without those of its nested classes. */
  static List<Method> testMethodsOf(Class<?> type) {
    return ReflectionSupport.findMethods(
        type, CellClasses::isTest, HierarchyTraversalMode.TOP_DOWN);
  }

  private static Stream<Class<?>> nestedIn(Class<?> type) {
    return Arrays.stream(type.getDeclaredClasses())
        .filter(inner -> inner.isAnnotationPresent(Nested.class));
  }

  static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class);
  }

  private static boolean isAroundTests(Method method) {
    return AROUND_TESTS.stream()
        .anyMatch(annotation -> AnnotationSupport.isAnnotated(method, annotation));
  }
}
