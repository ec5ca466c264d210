package com.shop

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext

/** Asynchronous on the outside. */
class Orders {

    suspend fun fast(customer: String): String = withContext(Dispatchers.Default) {
        delay(5)
        "orders of $customer"
    }

    suspend fun slow(customer: String): String = withContext(Dispatchers.Default) { load(customer) }

    private fun load(customer: String): String {
        Thread.sleep(20) // as a driver would
        return "orders of $customer"
    }
}
