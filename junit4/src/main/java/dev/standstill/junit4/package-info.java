/**
 * JUnit 4 tests that own time.
 *
 * <p>{@link dev.standstill.junit4.LoopRunner} and {@link dev.standstill.junit4.LoopRule} run a test
 * and its fixtures as a task of a {@link dev.standstill.test.TestLoop}: a sleep of an hour takes no
 * time, a hang is a deadlock report, and a task left over fails the test.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.junit4;

import org.jspecify.annotations.NullMarked;
