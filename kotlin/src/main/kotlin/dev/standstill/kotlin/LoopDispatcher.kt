@file:JvmName("LoopDispatchers")

package dev.standstill.kotlin

import dev.standstill.EventLoop
import java.util.concurrent.Future
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.cancel

/**
 * Returns a dispatcher whose coroutines are tasks of this loop: they run one at a time, in its
 * thread, in turn with its other tasks, and their delays and time-outs are timers of the loop, in
 * its time. A coroutine may block, as any task of a loop may.
 *
 * On a loop that was opened, coroutines run while a thread is in `run` or `runForever`. When the
 * loop is shut down or closed, a coroutine that would go on there is cancelled instead, and comes
 * to its end on [Dispatchers.IO].
 *
 * Two dispatchers of the same loop are equal. Any thread may call.
 */
public fun EventLoop.asCoroutineDispatcher(): CoroutineDispatcher = LoopDispatcher(this)

@OptIn(InternalCoroutinesApi::class, ExperimentalCoroutinesApi::class)
private class LoopDispatcher(private val loop: EventLoop) : CoroutineDispatcher(), Delay {

  override fun dispatch(context: CoroutineContext, block: Runnable) {
    try {
      loop.execute(block)
    } catch (e: RejectedExecutionException) {
      cancel(context, e)
      Dispatchers.IO.dispatch(context, block)
    }
  }

  override fun scheduleResumeAfterDelay(
      timeMillis: Long,
      continuation: CancellableContinuation<Unit>,
  ) {
    val timer = after(timeMillis, continuation.context) { resume(continuation) }
    continuation.invokeOnCancellation { timer?.cancel(false) }
  }

  private fun resume(continuation: CancellableContinuation<Unit>) {
    with(continuation) { resumeUndispatched(Unit) }
  }

  override fun invokeOnTimeout(
      timeMillis: Long,
      block: Runnable,
      context: CoroutineContext,
  ): DisposableHandle {
    val timer = after(timeMillis, context, block)
    return DisposableHandle { timer?.cancel(false) }
  }

  /** Null if the loop takes nothing more: who waits is cancelled then. */
  private fun after(timeMillis: Long, context: CoroutineContext, action: Runnable): Future<*>? =
      try {
        loop.schedule(action, timeMillis, TimeUnit.MILLISECONDS)
      } catch (e: RejectedExecutionException) {
        cancel(context, e)
        null
      }

  private fun cancel(context: CoroutineContext, cause: RejectedExecutionException) {
    context.cancel(
        CancellationException(
            "The loop of the coroutine takes no more work: $loop. Cancel coroutines before their loop is closed.",
            cause,
        ))
  }

  override fun equals(other: Any?): Boolean = other is LoopDispatcher && other.loop === loop

  override fun hashCode(): Int = loop.hashCode()

  override fun toString(): String = "$loop.asCoroutineDispatcher()"
}
