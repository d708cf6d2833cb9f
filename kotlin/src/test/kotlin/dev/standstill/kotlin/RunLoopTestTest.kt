package dev.standstill.kotlin

import dev.standstill.junit.LoopTest
import dev.standstill.test.DeadlockException
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.hours
import kotlin.time.measureTime
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

class RunLoopTestTest {

  @Test
  fun opensALoopInVirtualTime() = runLoopTest {
    assertEquals(1.hours, measureTime { delay(1.hours) })
  }

  @Test
  fun waitsForWhatTheTestLaunches() {
    var done = false
    runLoopTest {
      launch(Dispatchers.Default) {
        delay(1.hours)
        done = true
      }
    }
    assertTrue(done)
  }

  @Test
  fun theLoopIsConfigured() =
      runLoopTest({ start(Instant.parse("2030-01-01T00:00:00Z")) }) {
        assertEquals("2030-01-01T00:00:00Z", Instant.now().toString())
      }

  @LoopTest
  fun runsOnTheLoopThatIsThere() = runLoopTest {
    assertEquals(1.hours, measureTime { delay(1.hours) })
  }

  @LoopTest
  fun aLoopThatIsThereIsNotConfigured() {
    val refused = assertFailsWith<IllegalStateException> { runLoopTest({ seed(1) }) {} }
    assertTrue("cannot be configured any more" in refused.message.orEmpty())
  }

  @Test
  fun aTestThatHangsEnds() {
    assertFailsWith<DeadlockException> { runLoopTest { CompletableDeferred<Unit>().await() } }
  }

  @Test
  fun failuresArePassedOn() {
    assertFailsWith<NoSuchElementException> { runLoopTest { emptyList<Int>().first() } }
  }
}
