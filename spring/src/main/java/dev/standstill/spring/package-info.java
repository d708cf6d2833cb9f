/**
 * Tests of Spring applications on loops: {@code @SpringBootTest} with {@link
 * dev.standstill.junit.LoopTest}.
 *
 * <p>With this module on the class path of the tests, a context is started on a loop, and all tests
 * that use it run there: its schedulers, pools and servers live as long as it does, and its time
 * goes on from test to test. {@link dev.standstill.spring.RollbackDatabase} undoes what a test does
 * to its databases.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.spring;

import org.jspecify.annotations.NullMarked;
