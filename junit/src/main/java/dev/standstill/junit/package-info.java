/**
 * JUnit tests that own time.
 *
 * <p>{@link dev.standstill.junit.LoopTest} runs a test, its constructor and its {@code @BeforeEach}
 * and {@code @AfterEach} methods as one task of a {@link dev.standstill.test.TestLoop}: a sleep of
 * an hour takes no time, a hang is a deadlock report, and a task left over fails the test.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.junit;

import org.jspecify.annotations.NullMarked;
