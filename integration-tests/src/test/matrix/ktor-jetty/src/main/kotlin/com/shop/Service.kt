package com.shop

import io.ktor.server.application.Application
import io.ktor.server.engine.embeddedServer
import io.ktor.server.jetty.jakarta.Jetty
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.routing
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.newFixedThreadPoolContext
import kotlinx.coroutines.newSingleThreadContext
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

fun main() {
    val server = embeddedServer(Jetty, port = 0, module = Application::shop).start()
    println("PORT " + runBlocking { server.engine.resolvedConnectors().first().port })
    Thread.currentThread().join()
}

@OptIn(ExperimentalCoroutinesApi::class, DelicateCoroutinesApi::class)
class Shop {

    private val compute = Dispatchers.Default.limitedParallelism(2)
    private val database = Dispatchers.IO.limitedParallelism(4)
    private val ledger = newSingleThreadContext("ledger")
    private val vendors = newFixedThreadPoolContext(2, "vendors")
    private val stock = Mutex()
    private var sold = 0
    private val turn = AtomicInteger()

    /** A bit of each dispatcher: some wait without a thread, some block one. */
    suspend fun hello(): String = coroutineScope {
        val price = async(database) { blockShortly(); 42 }
        val vendor = async(vendors) { blockShortly(); "vendor" }
        val number = async(compute) { stock.withLock { delay(1); ++sold } }
        withContext(ledger) { blockShortly() }
        val prices = flow { repeat(3) { emit(it) } }.flowOn(compute).toList()
        "hello ${price.await()} ${vendor.await()} ${number.await()} $prices"
    }

    suspend fun fault(kind: String): String = withContext(compute) { Faults.run(kind) }

    suspend fun offloaded(kind: String): String =
        when (turn.getAndIncrement() % 5) {
            0 -> withContext(database) { Faults.run(kind) }
            1 -> withContext(ledger) { Faults.run(kind) }
            2 -> withContext(vendors) { Faults.run(kind) }
            3 -> runBlocking { withContext(this@Shop.compute) { delay(1) }; Faults.run(kind) }
            else -> Faults.run(kind)
        }

    private fun blockShortly() = Thread.sleep(2)
}

fun Application.shop() {
    val shop = Shop()
    routing {
        get("/hello") { call.respondText(shop.hello()) }
        get("/fault/{kind}") { call.respondText(shop.fault(call.parameters["kind"]!!)) }
        get("/offloaded/{kind}") { call.respondText(shop.offloaded(call.parameters["kind"]!!)) }
    }
}
