@file:JvmName("LoopTests")

package dev.standstill.kotlin

import dev.standstill.EventLoop
import dev.standstill.test.TestLoop
import java.util.concurrent.Callable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking

/**
 * Runs a test of coroutines on a loop in virtual time, and waits for all that it has launched.
 *
 * All that the test starts is on the loop: coroutines of any dispatcher, threads, pools and timers.
 * Delays pass at once, and a test whose coroutines all wait for good ends at once, with a report
 * that says where. Where a task of a loop in virtual time calls, as in a test with `@LoopTest`, the
 * test runs on that loop; anywhere else on one that is opened for it, and closed at its end.
 *
 * Needs `standstill-test`.
 *
 * @param configure what to set of the loop that is opened
 * @throws IllegalStateException if there is something to set and the caller is on a loop already
 * @throws dev.standstill.test.DeadlockException if nothing can go on any more
 */
public fun runLoopTest(
    configure: (TestLoop.Builder.() -> Unit)? = null,
    body: suspend CoroutineScope.() -> Unit,
) {
  val running = EventLoop.running().filter(EventLoop::hasVirtualTime)
  if (running.isPresent) {
    check(configure == null) {
      "runLoopTest was called on the loop ${running.get()}, which cannot be configured any more: set what is needed where that is opened, such as in @LoopTest."
    }
    runBlocking(block = body)
    return
  }
  val builder = TestLoop.builder()
  configure?.invoke(builder)
  builder.open().use { loop -> loop.run(Callable { runBlocking(block = body) }) }
}
