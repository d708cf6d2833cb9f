/**
 * TestNG tests that own time.
 *
 * <p>{@link dev.standstill.testng.OnLoop} runs test methods and configuration methods as tasks of a
 * {@link dev.standstill.test.TestLoop}: a sleep of an hour takes no time, a hang is a deadlock
 * report, and a task left over is a failure.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.testng;

import org.jspecify.annotations.NullMarked;
