/**
 * Event loops whose tasks are virtual threads.
 *
 * <p>A <em>task</em> is a virtual thread; an {@link dev.standstill.EventLoop} is the one carrier
 * thread that runs its tasks, one at a time. Tasks block in plain Java: a lock, a queue, {@code
 * Thread.sleep}, a socket. While one is blocked the loop runs the next.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill;

import org.jspecify.annotations.NullMarked;
