package dev.standstill.kotlin

import dev.standstill.junit.LoopTest
import dev.standstill.test.TestLoop
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.DAYS
import kotlin.test.AfterTest
import kotlin.test.BeforeTest
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull

/** What kotlin.test calls a test, and what comes before and after it, runs on the test's loop. */
@LoopTest
class KotlinTestTest {

  private val mails = LinkedBlockingQueue<String>()

  @BeforeTest
  fun remind() {
    CompletableFuture.delayedExecutor(3, DAYS).execute { mails.add("please pay") }
  }

  @Test
  fun sendsAMailAfterThreeDays() {
    assertEquals("please pay", mails.poll(4, DAYS))
  }

  @AfterTest
  fun isStillOnTheLoop() {
    assertNotNull(TestLoop.currentIfPresent())
  }
}
