package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.origin.Origin;
import io.stallsight.testing.Stacks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The name that a developer recognises, with the built-in names. Stacks are of JDK 17, shortened. */
class NamingTest {

    private static final Catalog CATALOG = TestCatalogs.builtIn(17);

    private static final Point PARK = pointOf("java.util.concurrent.locks.LockSupport", "park(java.lang.Object)");
    private static final Point SLEEP = pointOf("java.lang.Thread", "sleep(long)");

    private static Point pointOf(String owner, String method) {
        return CATALOG.pointsOf(owner).stream()
                .filter(point -> point.method().text().equals(method))
                .findFirst()
                .orElseThrow();
    }

    private static Naming.Name name(Point point, List<String> packages, String... stack) {
        Naming naming = new Naming(new Libraries(CATALOG.libraryPackages(), packages), CATALOG);
        return naming.name(point, point.kind(), Stacks.stack(stack));
    }

    private static Naming.Name name(Point point, String... stack) {
        return name(point, List.of(), stack);
    }

    @Test
    void wovenMethod_calledByTheApplication_isTheName() {
        Naming.Name name = name(SLEEP, "java.lang.Thread.sleep", "com.acme.Orders.find");
        assertThat(name).isEqualTo(new Naming.Name("Thread.sleep", Kind.SLEEP, 1, null));
    }

    @Test
    void callSite_thatWasRewritten_isTheName() {
        Naming.Name name = name(SLEEP, "com.acme.Orders.find", "com.acme.Main.main");
        assertThat(name).isEqualTo(new Naming.Name("Thread.sleep", Kind.SLEEP, 0, null));
    }

    @Test
    void containersOwnCode_isNotTheSite() {
        Naming.Name name = name(
                SLEEP,
                "java.lang.Thread.sleep",
                "org.osgi.util.tracker.ServiceTracker.waitForService",
                "com.acme.Orders.find",
                "aQute.launcher.Launcher.run");
        assertThat(name.site()).isEqualTo(2);
    }

    @Test
    void timeUnitSleep_isNamedInsteadOfTheSleepInside() {
        Naming.Name name =
                name(SLEEP, "java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep", "com.acme.Orders.find");
        assertThat(name.api()).isEqualTo("TimeUnit.sleep");
        assertThat(name.kind()).isEqualTo(Kind.SLEEP);
    }

    @Test
    void lock_belowAQueue_isTheQueue() {
        Naming.Name name = name(
                PARK,
                "java.util.concurrent.locks.LockSupport.park",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire",
                "java.util.concurrent.locks.ReentrantLock$Sync.lockInterruptibly",
                "java.util.concurrent.locks.ReentrantLock.lockInterruptibly",
                "java.util.concurrent.LinkedBlockingQueue.put",
                "com.acme.Orders.enqueue");
        assertThat(name.api()).isEqualTo("LinkedBlockingQueue.put");
        assertThat(name.kind()).isEqualTo(Kind.QUEUE);
    }

    @Test
    void lock_calledByTheApplication_isTheLock() {
        Naming.Name name = name(
                PARK,
                "java.util.concurrent.locks.LockSupport.park",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire",
                "java.util.concurrent.locks.ReentrantLock.lock",
                "com.acme.Orders.update");
        assertThat(name.api()).isEqualTo("ReentrantLock.lock");
        assertThat(name.kind()).isEqualTo(Kind.LOCK);
    }

    @Test
    void completableFutureGet_isAFuture() {
        Naming.Name name = name(
                PARK,
                "java.util.concurrent.locks.LockSupport.park",
                "java.util.concurrent.CompletableFuture$Signaller.block",
                "java.util.concurrent.ForkJoinPool.managedBlock",
                "java.util.concurrent.CompletableFuture.waitingGet",
                "java.util.concurrent.CompletableFuture.get",
                "com.acme.Orders.find");
        assertThat(name.api()).isEqualTo("CompletableFuture.get");
        assertThat(name.kind()).isEqualTo(Kind.FUTURE);
    }

    @Test
    void jdkMethod_aroundTheWovenOne_isTheNameUpToTheApplication() {
        Naming.Name name = name(
                pointOf("java.io.FileInputStream", "read(byte[],int,int)"),
                "java.io.FileInputStream.read",
                "java.util.Properties$LineReader.readLine",
                "java.util.Properties.load0",
                "java.util.Properties.load",
                "com.acme.Settings.read");
        assertThat(name).isEqualTo(new Naming.Name("Properties.load", Kind.FILE, 4, null));
    }

    @Test
    void jdbc_namesItself_throughPoolsAndDrivers() {
        Point execute = CATALOG.shapes().stream()
                .flatMap(shape -> shape.points().stream())
                .filter(point -> point.apiName().equals("PreparedStatement.executeQuery"))
                .findFirst()
                .orElseThrow();
        Naming.Name name = name(
                execute,
                "com.zaxxer.hikari.pool.HikariProxyPreparedStatement.executeQuery",
                "org.springframework.jdbc.core.JdbcTemplate.query",
                "com.acme.Orders.find");
        assertThat(name).isEqualTo(new Naming.Name("PreparedStatement.executeQuery", Kind.JDBC, 2, null));
    }

    @Test
    void methodReference_runByAnExecutor_staysWithTheWovenApi() {
        Naming.Name name = name(
                SLEEP,
                "java.lang.Thread.sleep",
                "java.util.concurrent.ThreadPoolExecutor.runWorker",
                "java.util.concurrent.ThreadPoolExecutor$Worker.run",
                "java.lang.Thread.run",
                "com.acme.AcmeThread.run");
        assertThat(name.api()).isEqualTo("Thread.sleep");
    }

    @Test
    void methodReference_runByAJdkLoop_staysWithItsApi() {
        Naming.Name name =
                name(SLEEP, "java.lang.Thread.sleep", "java.util.ArrayList.forEach", "com.acme.Orders.pause");
        assertThat(name.api()).isEqualTo("Thread.sleep");
    }

    @Test
    void monoBlock_isNamedThroughLibraryFrames_withItsOwnFix() {
        Naming.Name name = name(
                PARK,
                "java.util.concurrent.locks.LockSupport.park",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer.acquireSharedInterruptibly",
                "java.util.concurrent.CountDownLatch.await",
                "reactor.core.publisher.BlockingMonoSubscriber.blockingGet",
                "reactor.core.publisher.Mono.block",
                "com.acme.Orders.find");
        assertThat(name)
                .isEqualTo(new Naming.Name("Mono.block", Kind.FUTURE, 5, "return the Mono, or compose with flatMap"));
    }

    @Test
    void scalaObject_isNamedWithoutItsDollar() {
        Naming.Name name = name(
                PARK,
                "java.util.concurrent.locks.LockSupport.park",
                "scala.concurrent.impl.Promise$DefaultPromise.tryAwait0",
                "scala.concurrent.Await$.result",
                "com.acme.Orders$.find");
        assertThat(name.api()).isEqualTo("Await.result");
    }

    @Test
    void internalClass_isShownAsItsPublicType() {
        Naming.Name name = name(
                PARK,
                "java.util.concurrent.locks.LockSupport.park",
                "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await",
                "com.acme.Orders.find");
        assertThat(name.api()).isEqualTo("Condition.await");
        assertThat(name.kind()).isEqualTo(Kind.WAIT);
    }

    @Test
    void site_withoutPackages_isTheFirstFrameOfNoLibrary() {
        Naming.Name name = name(
                SLEEP,
                "java.lang.Thread.sleep",
                "io.netty.channel.Foo.bar",
                "com.vendor.Sdk.call",
                "com.acme.Orders.find");
        assertThat(name.site()).isEqualTo(2);
    }

    @Test
    void site_withPackages_isTheFirstFrameOfThem() {
        String[] stack = {"java.lang.Thread.sleep", "com.vendor.Sdk.call", "com.acme.Orders.find"};
        assertThat(name(SLEEP, List.of("com.acme"), stack).site()).isEqualTo(2);
        assertThat(name(SLEEP, List.of("com.vendor"), stack).site()).isEqualTo(1);
        assertThat(name(SLEEP, List.of("com.other"), stack).site())
                .as("none of them: as if they were unknown")
                .isEqualTo(1);
    }

    @Test
    void site_withPackagesOfACataloguedLibrary_isInIt() {
        assertThat(name(
                                SLEEP,
                                List.of("io.netty"),
                                "java.lang.Thread.sleep",
                                "io.netty.channel.Foo.bar",
                                "com.acme.A.f")
                        .site())
                .isEqualTo(1);
    }

    @Test
    void site_withoutApplicationFrame_isTheFirstOutsideOfTheJdk() {
        assertThat(name(SLEEP, "java.lang.Thread.sleep", "io.netty.util.Foo.bar", "java.lang.Thread.run")
                        .site())
                .isEqualTo(1);
    }

    @Test
    void site_inTheJdkOnly_isTheFirstFrame() {
        Naming.Name name = name(SLEEP, "java.lang.Thread.sleep", "java.util.TimerThread.run");
        assertThat(name.site()).isZero();
        assertThat(name.api()).isEqualTo("Thread.sleep");
    }

    @Test
    void site_belowALibraryThatNoCatalogKnows_isTheLineOfTheService() {
        Naming naming = new Naming(
                new Libraries(
                        new LibraryNames(CATALOG.libraryPackages()),
                        name -> name.startsWith("com.acme.") ? Origin.APPLICATION : Origin.LIBRARY,
                        List.of()),
                CATALOG);
        assertThat(naming.site(Stacks.stack(
                        "java.lang.Thread.sleep",
                        "io.netty.channel.A.a",
                        "com.vendor.Sdk.call",
                        "com.acme.Orders.find")))
                .isEqualTo(3);
        assertThat(naming.site(Stacks.stack("java.lang.Thread.sleep", "io.netty.channel.A.a", "com.vendor.Sdk.call")))
                .as("without a line of the service, the library that no catalog knows")
                .isEqualTo(2);
    }

    @Test
    void site_inAGeneratedClass_isTheNearestLineInASource() {
        String[] stack = {
            "java.lang.Thread.sleep",
            "com.acme.Orders$$SpringCGLIB$$0.find(<generated>)",
            "com.acme.Web.orders(Web.java:12)",
            "com.acme.Web.main(Web.java:9)"
        };
        assertThat(name(SLEEP, stack).site()).isEqualTo(2);
        assertThat(name(SLEEP, List.of("com.acme"), stack).site()).isEqualTo(2);
        assertThat(name(SLEEP, stack[0], stack[1]).site()).isEqualTo(1);
    }

    @Test
    void blamable_isTheBestThatTheStackHas() {
        Naming naming = new Naming(new Libraries(CATALOG.libraryPackages(), List.of()), CATALOG);
        StackTraceElement line = Stacks.frame("com.acme.Web.orders(Web.java:12)");
        StackTraceElement generated = Stacks.frame("com.acme.Orders$$SpringCGLIB$$0.find(<generated>)");
        StackTraceElement library = Stacks.frame("io.netty.channel.A.a(A.java:1)");
        assertThat(naming.blamable(List.of(library, generated, line)))
                .accepts(line)
                .rejects(generated, library);
        assertThat(naming.blamable(List.of(library, generated)))
                .accepts(generated)
                .rejects(library);
        assertThat(naming.blamable(List.of(library))).rejects(library);
    }

    @Test
    void lineThatRunsALoop_isNoCulprit_whileAnyOtherLineCanBe() {
        Naming naming = new Naming(new Libraries(CATALOG.libraryPackages(), List.of()), CATALOG);
        StackTraceElement main = new StackTraceElement("com.acme.Main", "main", "Main.java", 21);
        StackTraceElement run = new StackTraceElement("org.unlisted.Eventloop", "run", "Eventloop.java", 476);
        StackTraceElement find = new StackTraceElement("com.acme.Orders", "find", "Orders.java", 7);
        StackTraceElement sameMethod = new StackTraceElement("com.acme.Main", "main", "Main.java", 22);
        naming.loopWaits(List.of(run, main));

        assertThat(naming.site(List.of(find, run, main))).isZero();
        assertThat(naming.blamable(List.of(find, run, main))).accepts(find).rejects(main);
        assertThat(naming.blamable(List.of(run, sameMethod))).accepts(sameMethod);
        assertThat(naming.site(List.of(main))).isZero();
    }
}
