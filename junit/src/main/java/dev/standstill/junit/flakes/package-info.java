/**
 * Finds the tests of a suite whose outcome depends on the schedule; not for users.
 *
 * <p>The run that JUnit was asked for is the first, under first in, first out. When it is over, the
 * tests that ran on loops in virtual time run again and again through JUnit's launcher, with all
 * their fixtures and extensions, each time under another seed, all under one seed before any under
 * the next: so a search that is cut short has looked at all of them. Or each explores some of its
 * schedules, and then some further ones ({@link dev.standstill.junit.flakes.Way}). A test that
 * fails runs once more alone, in the same way and first in, first out, so that what is told to
 * depend on the schedule does.
 */
@NullMarked
package dev.standstill.junit.flakes;

import org.jspecify.annotations.NullMarked;
