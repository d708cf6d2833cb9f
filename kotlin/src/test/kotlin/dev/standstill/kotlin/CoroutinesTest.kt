package dev.standstill.kotlin

import dev.standstill.junit.LoopTest
import java.util.concurrent.Executors
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.debounce
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.RepeatedTest

/** Coroutines as programs write them follow the loop's time, in every test of a JVM. */
@LoopTest
class CoroutinesTest {

  @RepeatedTest(2)
  fun delaysPassAtOnceAndTakeTheirTime() = runBlocking {
    assertEquals(1.hours, measureTime { delay(1.hours) })
  }

  @RepeatedTest(3)
  fun everyDispatcherFollowsTheTimeOfTheLoop() = runBlocking {
    val pool = Executors.newFixedThreadPool(1)
    for (dispatcher in
        listOf(
            Dispatchers.Default,
            Dispatchers.IO,
            Dispatchers.Unconfined,
            LIMITED,
            Dispatchers.Default.limitedParallelism(1),
            pool.asCoroutineDispatcher(),
        )) {
      val took = measureTime { withContext(dispatcher) { delay(1.hours) } }
      assertClose(1.hours, took)
    }
    pool.shutdown()
  }

  @RepeatedTest(3)
  fun blockingCallsOfManyCoroutinesOverlap() = runBlocking {
    val took = measureTime {
      (1..64).map { async(Dispatchers.IO) { Thread.sleep(60_000) } }.awaitAll()
    }
    assertClose(1.minutes, took)
  }

  @RepeatedTest(3)
  fun aTimeLimitComesAtItsInstant() = runBlocking {
    for (dispatcher in listOf(Dispatchers.Default, Dispatchers.IO, LIMITED)) {
      val took = measureTime {
        assertFailsWith<TimeoutCancellationException> {
          withTimeout(5.minutes) { withContext(dispatcher) { delay(1.hours) } }
        }
      }
      assertClose(5.minutes, took)
    }
  }

  @RepeatedTest(2)
  fun coroutinesOfDefaultRunConcurrentlyInTime() = runBlocking {
    val took = measureTime {
      (1..100).map { async(Dispatchers.Default) { delay(it.seconds) } }.awaitAll()
    }
    assertClose(100.seconds, took)
  }

  @RepeatedTest(2)
  @OptIn(kotlinx.coroutines.FlowPreview::class)
  fun operatorsOfFlowsFollowTheTimeOfTheLoop() = runBlocking {
    val values = flow {
      emit(1)
      delay(90.milliseconds)
      emit(2)
      delay(110.milliseconds)
      emit(3)
    }
    assertEquals(listOf(2, 3), values.debounce(100.milliseconds).toList())
  }

  /** The limit of a test, a minute, is one of the loop's time. */
  @RepeatedTest(2)
  fun whatRunTestSkipsStaysSkipped() = runTest {
    launch { delay(1.hours) }
    withContext(Dispatchers.Default) { delay(59.seconds) }
  }

  private companion object {

    /** Lives as long as the JVM, as such dispatchers of programs do. */
    val LIMITED: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(2)
  }
}

/** Workers look around for up to a tenth of a millisecond before they take each other's work. */
internal fun assertClose(expected: Duration, actual: Duration) {
  assertTrue(actual >= expected && actual < expected + 10.milliseconds, "$actual, not $expected")
}
