package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.origin.Origin;
import io.stallsight.testing.Stacks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose a lock is: a library's own, or one that the application takes or makes a library take. */
class OwnLocksTest {

    private static boolean isOwn(Catalog catalog, String... stack) {
        Naming naming = new Naming(new Libraries(catalog.libraryPackages(), List.of()), catalog);
        return new OwnLocks(catalog, naming, Subclasses.BY_NAME).cover(List.of(Stacks.array(stack)));
    }

    private static boolean isOwn(String... stack) {
        return isOwn(TestCatalogs.builtIn(17), stack);
    }

    @Test
    void lockOfTheApplication_isNoLibrarysOwn() {
        assertThat(isOwn("com.acme.Orders.find", "io.netty.channel.nio.NioEventLoop.run"))
                .isFalse();
    }

    @Test
    void lockOfALibraryThatTheApplicationCalls_isNotItsOwn() {
        assertThat(isOwn(
                        "org.postgresql.Driver.connect",
                        "com.acme.Orders.find",
                        "io.netty.channel.nio.NioEventLoop.run"))
                .isFalse();
    }

    @Test
    void withoutAFrameOfTheApplication_theLibrariesMetAmongThemselves() {
        assertThat(isOwn(
                        "io.netty.handler.codec.http.HttpObjectDecoder.decode",
                        "io.netty.channel.nio.NioEventLoop.run"))
                .isTrue();
    }

    @Test
    void lockOfTheCallingFramework_isThatOfTheLibraryAboveAndBelowTheHandler() {
        assertThat(isOfCaller(
                        "java.util.Collections$SynchronizedMap.get",
                        "io.unlisted.buffer.Pool.take",
                        "io.unlisted.http.Answer.send",
                        "com.acme.Orders.find",
                        "io.unlisted.http.Router.call",
                        "java.lang.Thread.run"))
                .isTrue();
        assertThat(isOfCaller(
                        "io.unlisted.log.Appender.append",
                        "com.acme.Orders.find",
                        "io.netty.channel.nio.NioEventLoop.run"))
                .as("of a library that the handler calls by its own choice")
                .isFalse();
        assertThat(isOfCaller(
                        "org.apache.kafka.clients.producer.KafkaProducer.send",
                        "com.acme.Orders.find",
                        "org.apache.pekko.dispatch.Mailbox.run"))
                .as("of another project of the same foundation")
                .isFalse();
        assertThat(isOfCaller("com.acme.Orders.find", "io.unlisted.http.Router.call", "java.lang.Thread.run"))
                .as("of the application")
                .isFalse();
        assertThat(isOfCaller("io.unlisted.buffer.Pool.take", "io.unlisted.http.Router.call"))
                .as("no handler is on the stack")
                .isFalse();
    }

    private static boolean isOfCaller(String... stack) {
        Catalog catalog = TestCatalogs.builtIn(17);
        Naming naming = new Naming(
                new Libraries(
                        new LibraryNames(catalog.libraryPackages()),
                        className -> className.startsWith("com.acme.") ? Origin.APPLICATION : Origin.LIBRARY,
                        List.of()),
                catalog);
        return new OwnLocks(catalog, naming, Subclasses.BY_NAME).areOfTheCallingFramework(List.of(Stacks.array(stack)));
    }

    @Test
    void insideOfASelector_theLockIsTheJdks() {
        assertThat(isOwn("sun.nio.ch.EPollSelectorImpl.wakeup", "com.acme.Server.accept"))
                .isTrue();
        assertThat(isOwn("sun.nio.ch.SelectorImpl.lockAndDoSelect", "com.acme.Server.loop"))
                .isTrue();
        assertThat(isOwn(
                        "com.acme.Codec.parse",
                        "sun.nio.ch.EPollSelectorImpl.processReadyEvents",
                        "com.acme.Server.loop"))
                .as("an action that the selector calls")
                .isFalse();
    }

    @Test
    void whileASerializerIsMade_theLockIsTheLibrarys() {
        assertThat(isOwn(
                        "java.util.concurrent.locks.ReentrantLock.lock",
                        "com.fasterxml.jackson.databind.deser.DeserializerCache._createAndCacheValueDeserializer",
                        "com.fasterxml.jackson.databind.ObjectMapper.readValue",
                        "com.acme.Orders.find",
                        "io.netty.channel.nio.NioEventLoop.run"))
                .isTrue();
        assertThat(isOwn(
                        "com.acme.OrderSerializer.<init>",
                        "com.fasterxml.jackson.databind.ser.SerializerCache.addAndResolveNonTypedSerializer",
                        "com.acme.Orders.find"))
                .as("of the application's own serializer")
                .isFalse();
    }

    /** The library's API names the call: {@code KafkaProducer.send} is a wait for metadata or memory. */
    @Test
    void insideOfANamedApi_aLockIsStillALock() {
        Catalog catalog = TestCatalogs.builtIn(17);
        Naming naming = new Naming(new Libraries(catalog.libraryPackages(), List.of()), catalog);
        RuleBook rules = new RuleBook(catalog, naming, Subclasses.BY_NAME);

        assertThat(rules.isOwnLock(
                        Kind.LOCK,
                        List.of(Stacks.array(
                                "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire",
                                "java.util.concurrent.locks.ReentrantLock.lock",
                                "org.apache.kafka.clients.producer.internals.BufferPool.allocate",
                                "org.apache.kafka.clients.producer.KafkaProducer.send",
                                "com.acme.Orders.find"))))
                .as("of the pool of buffers")
                .isTrue();
        assertThat(rules.isOwnLock(
                        Kind.PARK,
                        List.of(Stacks.array(
                                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos",
                                "org.apache.kafka.clients.producer.internals.BufferPool.allocate",
                                "org.apache.kafka.clients.producer.KafkaProducer.send",
                                "com.acme.Orders.find"))))
                .as("for memory")
                .isFalse();
    }

    @Test
    void belowAHandOver_theLockIsTheSchedulers() {
        assertThat(isOwn(
                        "kotlinx.coroutines.scheduling.CoroutineScheduler.createNewWorker",
                        "kotlinx.coroutines.scheduling.CoroutineScheduler.dispatch",
                        "com.acme.Orders.find"))
                .isTrue();
        assertThat(isOwn(
                        "org.apache.pekko.util.Unlisted.lock",
                        "org.apache.pekko.dispatch.Mailbox.enqueue",
                        "com.acme.Orders.find"))
                .as("the catalog has no rule for this lock, but for the hand-over")
                .isTrue();
    }

    @Test
    void belowAHandOver_whatTheApplicationLocksItself_isItsOwn() {
        assertThat(isOwn(
                        "com.acme.RunHere.rejectedExecution",
                        "java.util.concurrent.ThreadPoolExecutor.reject",
                        "java.util.concurrent.ThreadPoolExecutor.execute",
                        "com.acme.Orders.find"))
                .isFalse();
    }
}
