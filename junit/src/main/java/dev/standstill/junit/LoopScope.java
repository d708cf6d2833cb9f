package dev.standstill.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says how long the loop of {@link LoopTest}s lives. Without it, each test has its own.
 *
 * <p>With a wider scope {@code @BeforeAll} and {@code @AfterAll} methods run on the loop, too, time
 * goes on from one test to the next, and tasks are left over when they outlive the scope. The class
 * that bears this annotation also gives the {@link LoopTest} that counts for its loop.
 *
 * <p>Where tests use something that outlives them and lives on a loop, such as a Spring context
 * with the module {@code standstill-spring}, they run on its loop; {@link Kind#METHOD} gives each
 * test one of its own, and the others make no difference.
 *
 * <p>It also says for how long a loop is used that a static field names with {@link
 * LoopExtension#on(java.util.function.Supplier)}; without it, for the class.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LoopExtension.class)
public @interface LoopScope {

  /** How long a loop lives. */
  enum Kind {
    /** One loop for each test. */
    METHOD,
    /** One loop for the class, its nested classes included. */
    CLASS,
    /** One loop for all classes with this scope; their tests take turns. */
    SHARED
  }

  /**
   * Returns how long the loop lives.
   *
   * @return the scope
   */
  Kind value();
}
