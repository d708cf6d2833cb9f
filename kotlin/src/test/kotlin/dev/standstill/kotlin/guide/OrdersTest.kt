package dev.standstill.kotlin.guide

import dev.standstill.EventLoop
import dev.standstill.kotlin.asCoroutineDispatcher
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking

// tag::dispatcher[]
/** Coroutines and tasks of the loop run one at a time, so the map needs no lock. */
class Orders(loop: EventLoop) {
  private val scope = CoroutineScope(loop.asCoroutineDispatcher())
  private val ordered = HashMap<String, Int>()

  fun orderAsync(article: String) =
      scope.async {
        delay(10) // asks the stock
        ordered.merge(article, 1, Int::plus)
      }
}

// end::dispatcher[]

class OrdersTest {

  @Test
  fun ordersAreCounted() {
    EventLoop.start("orders").use { loop ->
      val orders = Orders(loop)
      val counts = runBlocking { List(100) { orders.orderAsync("tea") }.awaitAll() }
      assertEquals((1..100).toList(), counts.map { it ?: 0 }.sorted())
    }
  }
}
