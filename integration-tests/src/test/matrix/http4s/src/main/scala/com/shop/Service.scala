package com.shop

import cats.effect.{IO, IOApp}
import com.comcast.ip4s.*
import org.http4s.HttpRoutes
import org.http4s.dsl.io.*
import org.http4s.ember.server.EmberServerBuilder
import scala.concurrent.duration.*

object Service extends IOApp.Simple:

  private val routes = HttpRoutes.of[IO] {
    case GET -> Root / "hello"            => Ok("hello")
    case GET -> Root / "fault" / kind     => IO(Faults.run(kind)).flatMap(Ok(_))
    case GET -> Root / "offloaded" / kind => IO.blocking(Faults.run(kind)).flatMap(Ok(_))
  }

  def run: IO[Unit] =
    EmberServerBuilder
      .default[IO]
      .withHost(host"127.0.0.1")
      .withPort(port"0")
      .withShutdownTimeout(1.second)
      .withHttpApp(routes.orNotFound)
      .build
      .use(server => IO.println("PORT " + server.address.getPort) *> IO.never)
