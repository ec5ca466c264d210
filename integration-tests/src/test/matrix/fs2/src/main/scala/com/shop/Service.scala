package com.shop

import cats.effect.{IO, IOApp, Resource}
import cats.effect.std.Queue
import com.comcast.ip4s.*
import fs2.Stream
import fs2.concurrent.Topic
import fs2.io.file.{Files, Path}
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import org.http4s.HttpRoutes
import org.http4s.dsl.io.*
import org.http4s.ember.server.EmberServerBuilder
import scala.concurrent.ExecutionContext
import scala.concurrent.duration.*

final class Shop(prices: Path, sales: Topic[IO, Int], vendors: ExecutionContext):

  private val turn = AtomicInteger()

  /** Concurrent effects, a file, a clock, a queue between two fibers, and blocking code where it may be. */
  def hello: IO[String] =
    for
      sum    <- Stream.range(1, 20).covary[IO].parEvalMap(4)(each => IO.sleep(1.millis).as(each)).compile.foldMonoid
      lines  <- Files[IO].readUtf8Lines(prices).filter(_.nonEmpty).compile.count
      ticks  <- Stream.awakeEvery[IO](1.millis).take(2).compile.count
      queue  <- Queue.bounded[IO, Option[Int]](2)
      taken  <- Stream.fromQueueNoneTerminated(queue)
                  .concurrently(Stream.range(0, 5).map(Some(_)).append(Stream.emit(None)).evalMap(queue.offer))
                  .chunkN(2).unchunks.compile.count
      vendor <- IO.blocking { Thread.sleep(1); "vendor" }
      _      <- sales.publish1(1)
    yield s"hello $sum $lines $ticks $taken $vendor"

  def fault(kind: String): IO[String] =
    Stream.emit(kind).covary[IO].map(Faults.run).compile.lastOrError

  def offloaded(kind: String): IO[String] =
    if turn.getAndIncrement() % 2 == 0 then Stream.eval(IO.blocking(Faults.run(kind))).compile.lastOrError
    else Stream.eval(IO(Faults.run(kind)).evalOn(vendors)).compile.lastOrError

object Service extends IOApp.Simple:

  private def routes(shop: Shop) = HttpRoutes.of[IO] {
    case GET -> Root / "hello"            => shop.hello.flatMap(Ok(_))
    case GET -> Root / "fault" / kind     => shop.fault(kind).flatMap(Ok(_))
    case GET -> Root / "offloaded" / kind => shop.offloaded(kind).flatMap(Ok(_))
  }

  private val vendors: Resource[IO, ExecutionContext] =
    val number = AtomicInteger()
    Resource
      .make(IO(Executors.newFixedThreadPool(4, work => Thread(work, "vendors-" + number.getAndIncrement()))))(pool =>
        IO(pool.shutdown()))
      .map(ExecutionContext.fromExecutorService(_))

  def run: IO[Unit] =
    val shop = for
      file  <- Files[IO].tempFile
      _     <- Resource.eval(Stream.emits(List("apple 42", "pear 43")).intersperse("\n")
                 .through(fs2.text.utf8.encode).through(Files[IO].writeAll(file)).compile.drain)
      sales <- Resource.eval(Topic[IO, Int])
      _     <- sales.subscribe(16).groupWithin(10, 5.millis).compile.drain.background
      pool  <- vendors
      shop   = Shop(file, sales, pool)
      server <- EmberServerBuilder.default[IO].withHost(host"127.0.0.1").withPort(port"0").withShutdownTimeout(1.second)
                  .withHttpApp(routes(shop).orNotFound).build
    yield server
    shop.use(server => IO.println("PORT " + server.address.getPort) *> IO.never)
