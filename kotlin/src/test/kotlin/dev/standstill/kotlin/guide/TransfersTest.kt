package dev.standstill.kotlin.guide

import dev.standstill.kotlin.runLoopTest
import dev.standstill.test.DeadlockException
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

// tag::hang[]
class Account(var balance: Int) {
  val mutex = Mutex()
}

suspend fun transfer(amount: Int, from: Account, to: Account) {
  from.mutex.withLock {
    delay(10.milliseconds) // asks the bank
    to.mutex.withLock {
      from.balance -= amount
      to.balance += amount
    }
  }
}

fun transferBothWays() =
    runLoopTest({ withoutReplayHint() }) {
      val savings = Account(100)
      val checking = Account(100)
      launch(Dispatchers.Default + CoroutineName("transfer-1")) { transfer(10, savings, checking) }
      launch(Dispatchers.Default + CoroutineName("transfer-2")) { transfer(20, checking, savings) }
    }

// end::hang[]

class TransfersTest {

  @Test
  fun theReportIsAsThePageShowsIt() {
    val deadlock = assertFailsWith<DeadlockException> { transferBothWays() }
    val shown = REPORT.lines().filterNot { it.startsWith("// ") }.joinToString("\n").trim()
    assertEquals(shown, deadlock.message)
  }
}

private const val REPORT =
    $$"""
// tag::report[]
Deadlock: 4 tasks are blocked, no timer is pending, and nothing outside is known to wake them. If a thread outside will, hold time meanwhile: loop.holdTime(reason).
  "main" is blocked on park (BlockingCoroutine#1) since 2000-01-01T00:00:00Z
      at kotlinx.coroutines.BlockingCoroutine.joinBlocking(Builders.kt:57)
      at kotlinx.coroutines.BuildersKt__BuildersKt.runBlockingImpl(Builders.kt:30)
      at kotlinx.coroutines.BuildersKt.runBlockingImpl(Unknown Source)
      at kotlinx.coroutines.BuildersKt__Builders_concurrentKt.runBlockingK(Builders.concurrent.kt:172)
      at kotlinx.coroutines.BuildersKt.runBlockingK(Unknown Source)
      at kotlinx.coroutines.BuildersKt__Builders_concurrentKt.runBlockingK$default(Builders.concurrent.kt:157)
      at kotlinx.coroutines.BuildersKt.runBlockingK$default(Unknown Source)
      started at dev.standstill.kotlin.guide.TransfersTestKt.transferBothWays(TransfersTest.kt:32)
  "DefaultDispatcher-worker-1" is blocked on work for its pool since 2000-01-01T00:00:00Z
      started at dev.standstill.kotlin.guide.TransfersTestKt$transferBothWays$2.invokeSuspend(TransfersTest.kt:35)
  "DefaultDispatcher-worker-2" is blocked on work for its pool since 2000-01-01T00:00:00.010Z
      started at dev.standstill.kotlin.guide.TransfersTestKt$transferBothWays$2.invokeSuspend(TransfersTest.kt:35)
  "DefaultDispatcher-worker-3" is blocked on work for its pool since 2000-01-01T00:00:00.010Z
      started at dev.standstill.kotlin.guide.TransfersTestKt$transferBothWays$2.invokeSuspend(TransfersTest.kt:36)
  coroutine "transfer-1" (launch) is suspended since 2000-01-01T00:00:00.010Z
      at dev.standstill.kotlin.guide.TransfersTestKt.transfer(TransfersTest.kt:24)
      at dev.standstill.kotlin.guide.TransfersTestKt$transferBothWays$2$1.invokeSuspend(TransfersTest.kt:35)
      started at dev.standstill.kotlin.guide.TransfersTestKt$transferBothWays$2.invokeSuspend(TransfersTest.kt:35)
  coroutine "transfer-2" (launch) is suspended since 2000-01-01T00:00:00.010Z
      at dev.standstill.kotlin.guide.TransfersTestKt.transfer(TransfersTest.kt:24)
      at dev.standstill.kotlin.guide.TransfersTestKt$transferBothWays$2$2.invokeSuspend(TransfersTest.kt:36)
      started at dev.standstill.kotlin.guide.TransfersTestKt$transferBothWays$2.invokeSuspend(TransfersTest.kt:36)
// end::report[]
"""
