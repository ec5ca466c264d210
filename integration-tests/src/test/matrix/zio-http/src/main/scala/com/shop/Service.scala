package com.shop

import zio.*
import zio.http.*

object Service extends ZIOAppDefault:

  private val routes = Routes(
    Method.GET / "hello"                       -> handler(Response.text("hello")),
    Method.GET / "fault" / string("kind")      -> handler { (kind: String, _: Request) =>
      ZIO.succeed(Response.text(Faults.run(kind)))
    },
    Method.GET / "offloaded" / string("kind")  -> handler { (kind: String, _: Request) =>
      ZIO.attemptBlocking(Response.text(Faults.run(kind))).orDie
    }
  )

  def run =
    Server.install(routes).flatMap(port => Console.printLine(s"PORT $port") *> ZIO.never)
      .provide(Server.defaultWith(_.onAnyOpenPort))
