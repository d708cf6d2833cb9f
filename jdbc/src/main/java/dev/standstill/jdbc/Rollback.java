package dev.standstill.jdbc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Undoes what each test does to a database. A {@linkplain RollbackDataSource#begin() scope} of
 * every {@link RollbackDataSource} that is a field of the test class, its superclasses or the
 * classes around it begins before {@code @BeforeEach} and ends after {@code @AfterEach}, however
 * the test ended.
 *
 * <pre>{@code
 * @Rollback
 * class AccountsTest {
 *   static final RollbackDataSource db = RollbackDataSource.wrap(dataSource);
 *
 *   @Test
 *   void insertsARow() { ... }
 * }
 * }</pre>
 *
 * <p>With {@code @LoopTest} virtual time starts at the machine's time, unless it says otherwise,
 * for that is the time of a database.
 *
 * <p>Tests with this annotation never run at the same time. A test fails with a {@link
 * ConnectionLeakException} if it leaves a connection open, and with an {@code
 * IllegalStateException} if there is no such field.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@SuppressWarnings("exports") // JUnit makes the extension; nobody else needs to see it
@ExtendWith(RollbackExtension.class)
@ResourceLock("dev.standstill.jdbc.Rollback")
public @interface Rollback {}
