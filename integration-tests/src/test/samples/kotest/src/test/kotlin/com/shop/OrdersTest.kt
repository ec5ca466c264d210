package com.shop

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.stallsight.api.Stallsight
import kotlinx.coroutines.runBlocking

class OrdersTest : FunSpec({

    test("fast") {
        Stallsight.assertNoBlocking { runBlocking { Orders().fast("anna") shouldBe "orders of anna" } }
    }

    test("slow") {
        Stallsight.assertNoBlocking { runBlocking { Orders().slow("anna") shouldBe "orders of anna" } }
    }
})
