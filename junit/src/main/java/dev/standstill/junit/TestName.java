package dev.standstill.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What people call a test or a class, in one word that a shell takes as it is: {@code
 * BookingTest.sellsTheLastSeat}, with {@code #3} behind it for the third invocation of several.
 * What a shell may take for something else is {@code _}. Immutable.
 *
 * @param packageName the package; empty if there is none
 * @param ofClass the class with its package; nested ones after a dot
 * @param method what follows the class; empty for a class
 */
record TestName(String packageName, String ofClass, String method) {

  private static final Pattern NUMBER = Pattern.compile("#([0-9]+)]$");

  /** Languages other than Java, and JShell, have more signs in their names. */
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_.]");

  /** What the classes of a notebook's cells have in their names. */
  private static final String OF_CELL = ".JShell.";

  /** The test of {@code context}, or the class. */
  static TestName of(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestClass().isEmpty() && at.getParent().isPresent()) {
      at = at.getParent().get();
    }
    String ofClass =
        word(at.getTestClass().map(Class::getName).orElse(at.getDisplayName()).replace('$', '.'));
    String number = number(at);
    return new TestName(
        at.getTestClass().map(Class::getPackageName).orElse(""),
        ofClass,
        at.getTestMethod().map(m -> word(m.getName()) + number).orElse(""));
  }

  private static String word(String name) {
    return NO_WORD.matcher(name).replaceAll("_");
  }

  /** Whether the name says anything to people: that of a notebook's cell is another each time. */
  boolean isForPeople() {
    return !ofClass.contains(OF_CELL);
  }

  /** The class of {@code context}. */
  static TestName ofClass(ExtensionContext context) {
    TestName name = of(context);
    return new TestName(name.packageName, name.ofClass, "");
  }

  /** The runs of a method under several seeds are those of one test. */
  private static String number(ExtensionContext context) {
    Matcher matcher = NUMBER.matcher(context.getUniqueId());
    boolean isOneOfMany =
        context.getTestMethod().filter(TestName::isTestWithoutLoop).isPresent() && matcher.find();
    return isOneOfMany ? "#" + matcher.group(1) : "";
  }

  /** Whether another annotation, such as {@code @ParameterizedTest}, makes the method a test. */
  static boolean isTestWithoutLoop(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type != LoopTest.class)
        .anyMatch(type -> AnnotationSupport.isAnnotated(type, Testable.class));
  }

  /**
   * Whether {@code given} means this test, be it with its package or without, or all tests of its
   * class.
   */
  boolean isMeantBy(String given) {
    return endsWith(whole(), given) || endsWith(ofClass, given);
  }

  /** Whether {@code given} means this class, or a test in it. */
  boolean bears(String given) {
    int end = given.lastIndexOf('.');
    return endsWith(ofClass, given) || end > 0 && endsWith(ofClass, given.substring(0, end));
  }

  private static boolean endsWith(String whole, String given) {
    return whole.equals(given) || whole.endsWith("." + given);
  }

  /** The method itself, whichever of its invocations this is. */
  TestName withoutNumber() {
    return new TestName(packageName, ofClass, method.replaceFirst("#[0-9]+$", ""));
  }

  private String whole() {
    return method.isEmpty() ? ofClass : ofClass + "." + method;
  }

  /** Without the package. */
  @Override
  public String toString() {
    return packageName.isEmpty() ? whole() : whole().substring(packageName.length() + 1);
  }
}
