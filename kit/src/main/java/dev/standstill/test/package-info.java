/**
 * Event loops that can be stopped, stepped and replayed, in virtual time.
 *
 * <p>A task is <em>blocked</em> when it cannot go on. It is <em>durably</em> blocked if only
 * another task of the loop, a timer or the test can wake it; waiting for a lock that another task
 * holds is durable. It is <em>externally</em> blocked if something outside the loop can: a socket,
 * or a thread that is not the loop's. A <em>standstill</em> is when every task is durably blocked.
 *
 * <p>Virtual time moves only at a standstill, to the next timer. At a standstill timers that are
 * due fire first; then {@link dev.standstill.test.TestLoop#runUntilBlocked} returns; only then may
 * time jump.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.test;

import org.jspecify.annotations.NullMarked;
