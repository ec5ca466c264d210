package com.shop

import io.ktor.server.application.Application
import io.ktor.server.engine.embeddedServer
import io.ktor.server.cio.CIO
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.routing
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

fun main() {
    val server = embeddedServer(CIO, port = 0, module = Application::shop).start()
    println("PORT " + runBlocking { server.engine.resolvedConnectors().first().port })
    Thread.currentThread().join()
}

fun Application.shop() {
    routing {
        get("/hello") { call.respondText("hello") }
        get("/fault/{kind}") { call.respondText(Faults.run(call.parameters["kind"])) }
        get("/offloaded/{kind}") {
            call.respondText(withContext(Dispatchers.IO) { Faults.run(call.parameters["kind"]) })
        }
    }
}
