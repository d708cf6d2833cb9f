package dev.standstill.kotlin

import dev.standstill.test.Leaks
import dev.standstill.test.TestLoop
import java.util.concurrent.Callable
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout

/** What a loop leaves of its coroutines is over with it, and hinders none that comes later. */
@OptIn(DelicateCoroutinesApi::class)
class LeftCoroutinesTest {

  private val limited: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(2)
  private val ticks = AtomicInteger()

  @Test
  fun delaysThatALoopLeavesDoNotHinderTheNext() {
    repeat(3) {
      onLoop {
        GlobalScope.launch { delay(30.days) }
        GlobalScope.launch { withTimeout(20.days) { CompletableDeferred<Unit>().await() } }
        assertEveryDispatcherRuns()
      }
    }
  }

  @Test
  fun threadsThatALoopLeavesDoNotHinderTheNext() {
    repeat(3) {
      onLoop {
        repeat(70) { GlobalScope.launch(Dispatchers.IO) { sleepForADay() } }
        repeat(2) { GlobalScope.launch(limited) { sleepForADay() } }
        delay(1.seconds)
      }
      onLoop { assertEveryDispatcherRuns() }
    }
  }

  @Test
  fun workThatALoopLeavesIsOverWithIt() {
    onLoop {
      GlobalScope.launch {
        while (true) {
          delay(1.minutes)
          ticks.incrementAndGet()
        }
      }
      delay(90.seconds)
    }
    onLoop { delay(1.hours) }
    onLoop { withContext(Dispatchers.Default) { delay(1.hours) } }

    assertEquals(1, ticks.get())
  }

  @Test
  fun loopsAndOtherThreadsDoNotShareWhatRunsCoroutines() {
    runBlocking { withContext(Dispatchers.Default) { delay(1) } }
    val threads = List(3) { Thread { onLoop { assertEveryDispatcherRuns() } } }
    threads.forEach(Thread::start)
    runBlocking { withContext(Dispatchers.IO) { delay(1) } }
    threads.forEach(Thread::join)
    onLoop { assertEveryDispatcherRuns() }
  }

  @Test
  fun coroutinesHaveAsManyThreadsOnEveryMachine() {
    assertClose(25.seconds, timeOf100Seconds(TestLoop.builder()))
    assertClose(10.seconds, timeOf100Seconds(TestLoop.builder().commonPool(9)))
  }

  private fun timeOf100Seconds(builder: TestLoop.Builder): Duration =
      builder.open().use { loop ->
        loop.run(
            Callable {
              runBlocking(Dispatchers.Default) {
                measureTime { List(100) { async { Thread.sleep(1000) } }.awaitAll() }
              }
            })
      }

  private fun sleepForADay() {
    try {
      Thread.sleep(1.days.inWholeMilliseconds)
    } catch (e: InterruptedException) {
      // The loop is closed.
    }
  }

  private suspend fun assertEveryDispatcherRuns() {
    for (dispatcher in listOf(Dispatchers.Default, Dispatchers.IO, limited)) {
      assertClose(1.hours, measureTime { withContext(dispatcher) { delay(1.hours) } })
    }
  }

  private fun <T> onLoop(body: suspend () -> T): T =
      TestLoop.builder().leaks(Leaks.IGNORE).open().use { loop ->
        loop.run(Callable { runBlocking { body() } })
      }
}
