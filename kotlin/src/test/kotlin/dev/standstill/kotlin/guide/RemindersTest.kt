package dev.standstill.kotlin.guide

// tag::test[]
import dev.standstill.junit.LoopTest
import dev.standstill.kotlin.runLoopTest
import kotlin.test.assertEquals
import kotlin.time.Duration.Companion.days
import kotlin.time.measureTime
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext

class RemindersTest {

  @LoopTest
  fun remindsEveryDayForAWeek() = runLoopTest {
    val sent = mutableListOf<Int>()
    val took = measureTime { withContext(Dispatchers.Default) { remind(sent::add) } }

    assertEquals(listOf(1, 2, 3, 4, 5, 6, 7), sent)
    assertEquals(7, took.inWholeDays)
  }
}

suspend fun remind(send: (Int) -> Unit) {
  for (day in 1..7) {
    delay(1.days)
    send(day)
  }
}
// end::test[]
