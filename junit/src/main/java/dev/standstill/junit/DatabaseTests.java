package dev.standstill.junit;

import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Tests whose annotations say that they use a database. Its {@code now()} is the machine's, so the
 * application's clock had better start there, too: else each row is 26 years old, or has run out.
 */
final class DatabaseTests {

  /** Of modules that need not be there, and which this one does not see. */
  private static final String[] ANNOTATIONS = {
    "dev.standstill.jdbc.Rollback", "dev.standstill.spring.RollbackDatabase"
  };

  private DatabaseTests() {}

  /** Whether the test or class of {@code context}, or a class around it, is one. */
  static boolean include(ExtensionContext context) {
    return Stream.of(ANNOTATIONS)
        .flatMap(name -> annotation(name, context).stream())
        .anyMatch(type -> Settings.nearest(context, type).isPresent());
  }

  private static Optional<Class<? extends Annotation>> annotation(
      String name, ExtensionContext context) {
    return context
        .getTestClass()
        .flatMap(test -> ReflectionSupport.tryToLoadClass(name, test.getClassLoader()).toOptional())
        .map(type -> type.asSubclass(Annotation.class));
  }
}
