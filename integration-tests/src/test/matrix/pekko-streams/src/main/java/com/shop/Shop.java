package com.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.FileIO;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.FramingTruncation;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Streams on the default dispatcher and on three of its own. */
final class Shop {

    private static final String BLOCKING = "shop.blocking-dispatcher";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A question to the ledger, which keeps its numbers on a thread of its own. */
    record Sale(int cents, ActorRef<Integer> replyTo) {}

    private final ActorSystem<Void> system;
    private final ActorRef<Sale> ledger;
    private final Executor blocking;
    private final Path prices;
    private final AtomicInteger turn = new AtomicInteger();

    Shop(ActorSystem<Void> system) throws IOException {
        this.system = system;
        this.ledger = system.systemActorOf(
                ledger(0), "ledger", DispatcherSelector.fromConfig("shop.ledger-dispatcher"));
        this.blocking = system.dispatchers().lookup(DispatcherSelector.fromConfig(BLOCKING));
        this.prices = Files.createTempFile("prices", ".txt");
        this.prices.toFile().deleteOnExit();
        Files.writeString(prices, "apple 42\npear 43\n");
    }

    private static Behavior<Sale> ledger(int sum) {
        return Behaviors.receiveMessage(sale -> {
            pause(); // its thread is its own
            sale.replyTo().tell(sum + sale.cents());
            return ledger(sum + sale.cents());
        });
    }

    CompletionStage<String> hello() {
        CompletionStage<Integer> sum = Source.range(1, 20)
                .map(each -> each * 2)
                .async()
                .mapAsync(4, each -> CompletableFuture.supplyAsync(() -> each + 1, blocking))
                .via(streams())
                .grouped(5)
                .mapConcat(each -> each)
                .runWith(Sink.fold(0, Integer::sum), system);
        CompletionStage<Integer> lines = FileIO.fromPath(prices)
                .via(Framing.delimiter(ByteString.fromString("\n"), 100, FramingTruncation.ALLOW))
                .map(ByteString::utf8String)
                .runWith(Sink.fold(0, (count, line) -> count + 1), system);
        CompletionStage<Integer> sold =
                AskPattern.ask(ledger, replyTo -> new Sale(42, replyTo), TIMEOUT, system.scheduler());
        CompletionStage<String> vendor = Source.single("vendor")
                .via(blocking(each -> {
                    pause();
                    return each;
                }))
                .initialDelay(Duration.ofMillis(1))
                .runWith(Sink.head(), system);
        return sum.thenCombine(lines, (one, other) -> one + " " + other)
                .thenCombine(sold, (one, other) -> one + " " + other)
                .thenCombine(vendor, (one, other) -> one + " " + other);
    }

    /** A stage that computes shortly on a dispatcher of its own. */
    private static Flow<Integer, Integer, NotUsed> streams() {
        return Flow.of(Integer.class)
                .map(each -> each + 1)
                .withAttributes(ActorAttributes.dispatcher("shop.streams-dispatcher"));
    }

    /** A stage that may block. */
    private static Flow<String, String, NotUsed> blocking(org.apache.pekko.japi.function.Function<String, String> code) {
        return Flow.of(String.class).map(code).withAttributes(ActorAttributes.dispatcher(BLOCKING));
    }

    CompletionStage<String> fault(String kind) {
        return Source.single(kind).map(Faults::run).runWith(Sink.head(), system);
    }

    CompletionStage<String> offloaded(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? Source.single(kind).via(blocking(Faults::run)).runWith(Sink.head(), system)
                : Source.single(kind)
                        .mapAsync(1, each -> CompletableFuture.supplyAsync(() -> Faults.run(each), blocking))
                        .runWith(Sink.head(), system);
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
