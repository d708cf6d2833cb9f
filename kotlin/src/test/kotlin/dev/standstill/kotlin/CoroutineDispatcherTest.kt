package dev.standstill.kotlin

import dev.standstill.EventLoop
import dev.standstill.test.DeadlockException
import dev.standstill.test.TestLoop
import java.util.concurrent.Callable
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertSame
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.measureTime
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield

class CoroutineDispatcherTest {

  @Test
  fun coroutinesRunAsTasksOfTheLoop() {
    EventLoop.start("coroutines").use { loop ->
      runBlocking(loop.asCoroutineDispatcher()) {
        assertSame(loop, EventLoop.running().orElseThrow())
        delay(1.milliseconds)
        assertSame(loop, EventLoop.running().orElseThrow())
      }
    }
  }

  @Test
  fun coroutinesOfOneLoopNeedNoLock() {
    EventLoop.start("coroutines").use { loop ->
      var count = 0
      runBlocking(loop.asCoroutineDispatcher()) {
        List(10) {
              launch {
                repeat(1_000) {
                  val before = count
                  if (it % 100 == 0) Thread.onSpinWait()
                  count = before + 1
                  yield()
                }
              }
            }
            .joinAll()
      }
      assertEquals(10_000, count)
    }
  }

  @Test
  fun delaysAndTimeLimitsAreTimersOfTheLoop() {
    TestLoop.open().use { loop ->
      loop.run(
          Callable {
            runBlocking {
              withContext(loop.asCoroutineDispatcher()) {
                assertEquals(1.hours, measureTime { delay(1.hours) })
                assertEquals(
                    5.minutes, measureTime { assertNull(withTimeoutOrNull(5.minutes) { hang() }) })
              }
            }
          })
    }
  }

  @Test
  fun aDelayThatIsCancelledLeavesNoTimer() {
    TestLoop.open().use { loop ->
      assertFailsWith<DeadlockException> {
        loop.run(
            Callable {
              runBlocking {
                val waiting = launch(loop.asCoroutineDispatcher()) { delay(1.hours) }
                delay(1.minutes)
                waiting.cancel()
                hang()
              }
            })
      }
      assertEquals(TestLoop.DEFAULT_START.plusSeconds(60), loop.now())
    }
  }

  @Test
  fun coroutinesOfALoopThatIsClosedAreCancelled() {
    val loop = EventLoop.start("coroutines")
    val gate = CompletableDeferred<Unit>()
    val scope = CoroutineScope(loop.asCoroutineDispatcher() + Job())
    var cleaned = false
    val job =
        scope.launch {
          try {
            gate.await()
          } catch (e: CancellationException) {
            cleaned = true
            throw e
          }
        }
    runBlocking { withContext(loop.asCoroutineDispatcher()) { yield() } }
    loop.close()
    gate.complete(Unit)
    runBlocking { job.join() }

    assertTrue(job.isCancelled)
    assertTrue(cleaned)
    assertFailsWith<CancellationException> {
      runBlocking { withContext(loop.asCoroutineDispatcher()) { delay(1) } }
    }
  }

  @Test
  fun dispatchersOfOneLoopAreEqual() {
    EventLoop.start("one").use { one ->
      EventLoop.start("other").use { other ->
        assertEquals(one.asCoroutineDispatcher(), one.asCoroutineDispatcher())
        assertTrue(one.asCoroutineDispatcher() != other.asCoroutineDispatcher())
      }
    }
  }

  private suspend fun hang(): Nothing = CompletableDeferred<Nothing>().await()
}
