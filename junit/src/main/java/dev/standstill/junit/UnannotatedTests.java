package dev.standstill.junit;

import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.standstill.test.stage.LoopPattern;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Which tests run on loops without an annotation, because {@code standstill.loop} says so, and
 * which of them share a loop. Any thread may call.
 *
 * <p>A test that bears an annotation of ours, or whose class names the extension to drive a loop by
 * itself, is left alone.
 */
final class UnannotatedTests {

  private record Parsed(String text, LoopPattern pattern) {}

  /** All tests of a run have the same. */
  private static volatile @Nullable Parsed last;

  /** Whether a class has fixtures of its own, which its tests then have to share a loop with. */
  private static final ClassValue<Boolean> HAS_FIXTURES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return Stream.of(BeforeAll.class, AfterAll.class)
              .anyMatch(annotation ->
                  !AnnotationSupport.findAnnotatedMethods(
                          type, annotation, HierarchyTraversalMode.TOP_DOWN)
                      .isEmpty());
        }
      };

  /** Whether a class, or one around it, names the extension itself. */
  private static final ClassValue<Boolean> NAMES_EXTENSION =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return namesExtension(type)
              || !AnnotationSupport.findAnnotatedFields(
                      type,
                      RegisterExtension.class,
                      field -> field.getType() == LoopExtension.class)
                  .isEmpty()
              || type.getEnclosingClass() != null && get(type.getEnclosingClass());
        }
      };

  private UnannotatedTests() {}

  /** Whether the code of {@code context} is meant to run on a loop for no other reason. */
  static boolean areMeant(ExtensionContext context) {
    LoopPattern pattern = pattern(context);
    return pattern != null
        && testOrClass(context).filter(at -> isIncluded(at, pattern) && isLeftToUs(at)).isPresent();
  }

  private static @Nullable LoopPattern pattern(ExtensionContext context) {
    String text = context.getConfigurationParameter(LoopPattern.PARAMETER).orElse(null);
    if (text == null) {
      return null;
    }
    Parsed parsed = last;
    if (parsed == null || !parsed.text.equals(text)) {
      parsed = new Parsed(text, parse(text));
      last = parsed;
    }
    return parsed.pattern;
  }

  private static LoopPattern parse(String text) {
    try {
      return LoopPattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Dynamic tests belong to the test that made them. */
  private static Optional<ExtensionContext> testOrClass(ExtensionContext context) {
    return Stream.iterate(
            Optional.of(context),
            Optional::isPresent,
            at -> at.flatMap(ExtensionContext::getParent))
        .map(Optional::orElseThrow)
        .filter(at -> at.getTestClass().isPresent())
        .findFirst();
  }

  private static boolean isIncluded(ExtensionContext at, LoopPattern pattern) {
    Class<?> type = at.getRequiredTestClass();
    return at.getTestMethod()
        .map(method -> pattern.includes(type, method.getName()))
        .orElseGet(() -> pattern.includes(type));
  }

  private static boolean isLeftToUs(ExtensionContext at) {
    return Settings.nearest(at, LoopTest.class).isEmpty()
        && !NAMES_EXTENSION.get(at.getRequiredTestClass())
        && at.getTestMethod().filter(UnannotatedTests::namesExtension).isEmpty();
  }

  /** Whether an element names the extension other than by the annotation that says how long. */
  private static boolean namesExtension(AnnotatedElement element) {
    return !AnnotationSupport.isAnnotated(element, LoopScope.class)
        && AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
            .flatMap(annotation -> Arrays.stream(annotation.value()))
            .anyMatch(LoopExtension.class::equals);
  }

  /**
   * The context of the class whose tests, those of nested classes included, share a loop with its
   * fixtures or with its one instance; empty if each test has a loop of its own.
   */
  static Optional<ExtensionContext> sharing(ExtensionContext context) {
    LoopPattern pattern = pattern(context);
    if (pattern == null || !areMeant(context)) {
      return Optional.empty();
    }
    ExtensionContext outermost = null;
    Optional<ExtensionContext> at = testOrClass(context);
    while (at.isPresent() && at.get().getTestClass().isPresent()) {
      if (sharesLoop(at.get()) && areMeant(at.get())) {
        outermost = at.get();
      }
      at = at.get().getParent();
    }
    return Optional.ofNullable(outermost);
  }

  private static boolean sharesLoop(ExtensionContext at) {
    return at.getTestMethod().isEmpty()
        && (at.getTestInstanceLifecycle().filter(PER_CLASS::equals).isPresent()
            || HAS_FIXTURES.get(at.getRequiredTestClass()));
  }
}
