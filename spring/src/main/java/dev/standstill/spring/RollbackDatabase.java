package dev.standstill.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Undoes what each test does to the databases of its Spring context, in whichever thread: in the
 * test, in a handler of the embedded server, in a job or in an {@code @Async} method, and though
 * they commit.
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = RANDOM_PORT)
 * @LoopTest
 * @RollbackDatabase
 * class OrdersTest { ... }
 * }</pre>
 *
 * <p>Each bean of type {@code DataSource} is wrapped in a {@link
 * dev.standstill.jdbc.RollbackDataSource}, whose scope begins before {@code @BeforeEach} and ends
 * after {@code @AfterEach}. What happens outside of tests, such as making the schema while the
 * context starts, is kept. A context with this annotation is another than one without it.
 *
 * <p>Where Spring's {@code @Transactional} on a test lets nobody but the test see what it has done,
 * this lets everybody. Use one of them: a transaction that a test holds open keeps the others from
 * the one connection.
 *
 * <p>On a loop virtual time starts at the machine's time, unless {@code @LoopTest} says otherwise,
 * for that is the time of a database.
 *
 * <p>It works without a loop, too. A test fails if it leaves a connection open, or if its context
 * has no {@code DataSource}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RollbackDatabase {}
