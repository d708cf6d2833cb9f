package dev.standstill.junit;

import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The field with {@code @RegisterExtension} that names the loop for code in a context: the nearest,
 * seen from the class of the test over its superclasses to the enclosing classes. JUnit calls the
 * extensions of all these fields, the farthest first, and tells none where it was declared; so
 * fields are asked. Immutable; any thread may call.
 *
 * @param field the field
 * @param at the context of the code
 * @param level the context of the class in which the field was found
 */
record Hosting(Field field, ExtensionContext at, ExtensionContext level) {

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> found =
              AnnotationSupport.findAnnotatedFields(
                  type,
                  RegisterExtension.class,
                  field -> field.getType() == LoopExtension.class,
                  HierarchyTraversalMode.BOTTOM_UP);
          refuseTwoInOneClass(found);
          return found;
        }
      };

  /** The nearest field; empty if no class has one that counts for code in {@code context}. */
  static Optional<Hosting> nearest(ExtensionContext context) {
    return all(context).findFirst();
  }

  /** Says so if {@code extension} would be ignored, because it is in no field that is looked at. */
  static void refuseUnlessInField(LoopExtension extension, ExtensionContext context) {
    if (all(context).flatMap(each -> each.extension().stream()).noneMatch(extension::equals)) {
      throw new ExtensionConfigurationException(
          "The loop of LoopExtension.on() would be ignored for %s: put it into a field of type LoopExtension with @RegisterExtension."
              .formatted(context.getRequiredTestClass().getName()));
    }
  }

  /** All fields that count, the nearest first. */
  private static Stream<Hosting> all(ExtensionContext context) {
    ExtensionContext at = ofTestOrClass(context);
    return Stream.iterate(
            Optional.of(at), Optional::isPresent, c -> c.flatMap(ExtensionContext::getParent))
        .map(Optional::orElseThrow)
        .filter(level -> level.getTestMethod().isEmpty() && level.getTestClass().isPresent())
        .flatMap(level ->
            FIELDS.get(level.getRequiredTestClass()).stream()
                .filter(field -> isStatic(field) || hasInstance(at, level))
                .sorted(Hosting::instanceFirst)
                .map(field -> new Hosting(field, at, level)));
  }

  /** Dynamic tests belong to the test that made them. */
  private static ExtensionContext ofTestOrClass(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestClass().isEmpty() && at.getParent().isPresent()) {
      at = at.getParent().get();
    }
    return at;
  }

  /** A sort is stable, so those of a subclass stay before those of its superclasses. */
  private static int instanceFirst(Field a, Field b) {
    return a.getDeclaringClass() == b.getDeclaringClass()
        ? Boolean.compare(isStatic(a), isStatic(b))
        : 0;
  }

  private static boolean hasInstance(ExtensionContext at, ExtensionContext level) {
    return at.getTestMethod().isPresent() || isOneForAll(level);
  }

  private static boolean isOneForAll(ExtensionContext level) {
    return level.getTestInstanceLifecycle().filter(PER_CLASS::equals).isPresent();
  }

  private static boolean isStatic(Field field) {
    return Modifier.isStatic(field.getModifiers());
  }

  private static void refuseTwoInOneClass(List<Field> fields) {
    for (Field first : fields) {
      for (Field second : fields) {
        if (first != second
            && first.getDeclaringClass() == second.getDeclaringClass()
            && isStatic(first) == isStatic(second)) {
          throw new ExtensionConfigurationException(
              "%s has two fields that name its loop, %s and %s: leave one of them away."
                  .formatted(
                      first.getDeclaringClass().getName(), first.getName(), second.getName()));
        }
      }
    }
  }

  /** The extension in the field; empty while the test instance that makes it is not there yet. */
  Optional<LoopExtension> extension() {
    if (isStatic(field)) {
      return read(null);
    }
    return Stream.of(at, level)
        .flatMap(context -> context.getTestInstances().stream())
        .flatMap(instances -> instances.findInstance(level.getRequiredTestClass()).stream())
        .findFirst()
        .flatMap(this::read);
  }

  private Optional<LoopExtension> read(@Nullable Object instance) {
    return ReflectionSupport.tryToReadFieldValue(field, instance)
        .toOptional()
        .map(LoopExtension.class::cast);
  }

  /**
   * In whose store the loop lies, and so how long it lives; empty for code about a class whose
   * tests have a loop each.
   */
  Optional<ExtensionContext> place() {
    LoopScope.Kind scope =
        Settings.nearest(at, LoopScope.class).map(LoopScope::value).orElse(defaultScope());
    if (!isStatic(field) && scope != defaultScope()) {
      throw new ExtensionConfigurationException(
          "The field %s of %s is not static, so its loop is for %s, and @LoopScope(LoopScope.Kind.%s) says otherwise: make the field static, or leave @LoopScope away."
              .formatted(
                  field.getName(),
                  field.getDeclaringClass().getName(),
                  isOneForAll(level) ? "one instance" : "one test",
                  scope));
    }
    return switch (scope) {
      case METHOD -> Optional.of(at).filter(context -> context.getTestMethod().isPresent());
      case CLASS -> Optional.of(nearestWithScope());
      case SHARED -> Optional.of(level.getRoot());
    };
  }

  private LoopScope.Kind defaultScope() {
    return isStatic(field) || isOneForAll(level) ? LoopScope.Kind.CLASS : LoopScope.Kind.METHOD;
  }

  /** The class with the field, or a nested one that wants a loop of its own. */
  private ExtensionContext nearestWithScope() {
    ExtensionContext context = at;
    while (!context.getUniqueId().equals(level.getUniqueId())
        && (context.getTestMethod().isPresent()
            || !AnnotationSupport.isAnnotated(context.getTestClass(), LoopScope.class))) {
      context = context.getParent().orElseThrow();
    }
    return context;
  }
}
