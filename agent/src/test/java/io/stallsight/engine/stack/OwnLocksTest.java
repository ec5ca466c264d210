package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
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
