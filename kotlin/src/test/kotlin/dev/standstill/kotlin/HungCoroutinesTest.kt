package dev.standstill.kotlin

import dev.standstill.test.DeadlockException
import dev.standstill.test.TestLoop
import java.util.concurrent.Callable
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/** A report says of each coroutine that waits for good who began it, and where it waits. */
class HungCoroutinesTest {

  @Test
  fun tellsWhereACoroutineWaitsAndWhoHasBegunIt() {
    val report = reportOf {
      launch(CoroutineName("reader")) { read(Channel()) }
      read(Channel())
    }

    assertContains(report, "coroutine \"reader\" (launch) is suspended since 2000-01-01T00:00:01Z")
    assertContains(report, Regex("at \\S+HungCoroutinesTest\\.read\\(HungCoroutinesTest\\.kt:\\d+\\)"))
    assertContains(report, Regex("started at \\S+HungCoroutinesTest\\$\\S+\\(HungCoroutinesTest\\.kt:\\d+\\)"))
    assertContains(report, "coroutine (runBlocking) is suspended")
  }

  @Test
  fun tellsTheLineThatHasCalledAnInlineFunction() {
    val mutex = Mutex(locked = true)
    val line = lineOfCaller() + 1
    val report = reportOf { mutex.withLock { delay(1.seconds) } }

    assertContains(report, Regex("at \\S+\\(HungCoroutinesTest\\.kt:$line\\)"))
  }

  private fun lineOfCaller() = Throwable().stackTrace[1].lineNumber

  @Test
  fun tellsOfEveryDispatcher() {
    val report = reportOf {
      for (dispatcher in
          listOf(Dispatchers.Default, Dispatchers.IO, Dispatchers.IO.limitedParallelism(1))) {
        launch(dispatcher + CoroutineName("on $dispatcher")) { withContext(Dispatchers.Default) { read(Channel()) } }
      }
    }

    assertContains(report, "\"on Dispatchers.Default\" (launch) is suspended")
    assertContains(report, "\"on Dispatchers.IO\" (launch) is suspended")
    assertContains(report, "\"on Dispatchers.IO.limitedParallelism(1)\" (launch) is suspended")
  }

  @Test
  fun tellsWhichHaveNotRunYet() {
    val report = reportOf {
      val lazy = async(CoroutineName("lazy"), CoroutineStart.LAZY) { 42 }
      launch { read(Channel()) }
      delay(1.seconds)
      check(!lazy.isActive)
    }

    assertContains(report, "coroutine \"lazy\" (async) has not run yet")
  }

  @Test
  fun leavesOutThoseThatHaveEnded() {
    val report = reportOf {
      repeat(200) { launch(CoroutineName("ends")) { delay(it.seconds) } }
      launch(CoroutineName("fails")) { CompletableDeferred<Unit>().apply { cancel() }.await() }
      read(Channel())
    }

    assertFalse("\"ends\"" in report, report)
    assertFalse("\"fails\"" in report, report)
  }

  private suspend fun read(channel: Channel<Int>): Int {
    val first = channel.receive()
    return first + channel.receive()
  }

  private fun reportOf(body: suspend CoroutineScope.() -> Unit): String =
      assertFailsWith<DeadlockException> {
            TestLoop.open().use { loop ->
              loop.run(
                  Callable {
                    runBlocking {
                      delay(1.seconds)
                      body()
                    }
                  })
            }
          }
          .message
          .orEmpty()
}
