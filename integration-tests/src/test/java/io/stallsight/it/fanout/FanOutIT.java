package io.stallsight.it.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The agent counts connections in flight for each downstream, and names a site that opens too many at once. */
class FanOutIT {

    @EachJdk
    void channels_200AtOnceFromOneMethod_areReportedOnceWithSiteAndNumber(Jdk jdk) {
        Outcome outcome = burst(jdk, "channels", 200);

        assertThat(outcome.lines("PEAK ")).containsExactly("200 of 200");
        assertThat(outcome.lines("LEFT ")).containsExactly("0, failed 0");
        assertThat(outcome.lines("FANOUT "))
                .singleElement()
                .asString()
                .startsWith("200 of 200 at app.fanout.Burst.channels(Burst.java:");
        assertThat(outcome.stderr())
                .filteredOn(line -> line.contains("FAN-OUT: 200 connections to 127.0.0.1:"))
                .hasSize(1);
    }

    @EachJdk
    void channels_50AtOnce_areCountedAndNotReported(Jdk jdk) {
        Outcome outcome = burst(jdk, "channels", 50).silent();

        assertThat(outcome.lines("PEAK ")).containsExactly("50 of 50");
        assertThat(outcome.lines("LEFT ")).containsExactly("0, failed 0");
        assertThat(outcome.lines("FANOUT ")).isEmpty();
    }

    @EachJdk
    void sockets_inTasksOfAPool_haveNoSite(Jdk jdk) {
        Outcome outcome = burst(jdk, "tasks", 120);

        assertThat(outcome.lines("LEFT ")).containsExactly("0, failed 0");
        assertThat(outcome.lines("FANOUT ")).containsExactly("120 of 120 at ");
        assertThat(outcome.errors()).contains("no application frame was on the stack");
    }

    @EachJdk
    void sockets_overTheThreshold_areReported(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.fanout.Burst", "sockets", "7")
                .agent("interval=100ms", "threshold.fanout=5")
                .run()
                .healthy();

        assertThat(outcome.lines("FANOUT "))
                .singleElement()
                .asString()
                .startsWith("7 of 7 at app.fanout.Burst.sockets(Burst.java:");
    }

    @EachJdk
    void netty42Epoll_isCounted(Jdk jdk) {
        // native code and classes must be of the same version, or the connect fails
        netty(jdk, "epoll", ClassPath.programs().withLibs("netty-4.2-io_uring").with("netty-transport-native-epoll"));
    }

    @EachJdk
    void netty42Nio_isCountedOnce(Jdk jdk) {
        netty(jdk, "nio", ClassPath.programs().with("netty-"));
    }

    @EachJdk
    void netty42IoUring_isCounted(Jdk jdk) {
        netty(jdk, "io_uring", ClassPath.programs().withLibs("netty-4.2-io_uring"));
    }

    @EachJdk
    void netty41Epoll_isCounted(Jdk jdk) {
        netty(jdk, "epoll", ClassPath.programs().withLibs("netty-4.1-http"));
    }

    @EachJdk
    void jdkHttpClient_isReportedWithTheSendingFrame(Jdk jdk) {
        Outcome outcome = httpBurst(jdk, "jdk", 120, ClassPath.programs());

        assertThat(outcome.lines("FANOUT "))
                .singleElement()
                .asString()
                .startsWith("120 of 120 at app.fanout.HttpBurst.jdk(HttpBurst.java:");
    }

    /**
     * Each request ends: by an answer, a failure or a cancellation. The first of all has opened the connection. Five of
     * 200 fail and five are cancelled, which the client of Apache does not pass on.
     */
    @EachJdk
    void requestsOfHttp2_areCountedAndReportedOnce(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(
                        jdk, "app.fanout.Http2Burst", "200", "jdk", "reactor", "okhttp", "vertx", "apache")
                .agent("interval=100ms")
                .options("-Dreactor.netty.native=false")
                .quietFramework()
                .classPath(reactorNetty()
                        .with("okhttp", "okio", "kotlin-stdlib", "vertx-core", "jackson-core")
                        .with("httpclient5", "httpcore5", "slf4j-api"))
                .run()
                .healthy();

        assertBurst(outcome, "jdk", 10, "app.fanout.Http2Burst$OnJdk.send(Http2Burst.java:");
        assertBurst(outcome, "reactor", 10, "app.fanout.Http2Burst$OnReactor.send(Http2Burst.java:");
        assertBurst(outcome, "okhttp", 10, "app.fanout.Http2Burst$OnOkHttp.send(Http2Burst.java:");
        assertBurst(outcome, "vertx", 10, "app.fanout.Http2Burst$OnVertx.");
        assertBurst(outcome, "apache", 5, "app.fanout.Http2Burst$OnApache.send(Http2Burst.java:");
        assertThat(outcome.stderr())
                .filteredOn(line -> line.contains("FAN-OUT: 200 requests to 127.0.0.1:"))
                .hasSize(5);
    }

    private static void assertBurst(Outcome outcome, String client, int failed, String site) {
        assertThat(outcome.lines(client + " FIRST ")).containsExactly("HTTP_2 now");
        assertThat(outcome.lines(client + " PEAK ")).as(client).containsExactly("200 of 200 over 1");
        assertThat(outcome.lines(client + " ANSWERED ")).as(client).containsExactly("190");
        assertThat(outcome.lines(client + " LEFT ")).as(client).containsExactly("0, failed " + failed + " of 201");
        assertThat(outcome.lines(client + " FANOUT "))
                .singleElement()
                .asString()
                .startsWith("requests 200 of 200 at " + site);
    }

    @EachJdk
    void reactorNetty_isReportedWithTheSubscribingFrame(Jdk jdk) {
        Outcome outcome = httpBurst(jdk, "reactor", 120, reactorNetty());

        assertThat(outcome.lines("FANOUT "))
                .singleElement() // a loop serves some borrowers of the pool, whose site is unknown then
                .asString()
                .matches(
                        "(11\\d|120) of (119|120) at app\\.fanout\\.HttpBurst\\$OnReactor\\.many\\(HttpBurst\\.java:\\d+\\)");
    }

    @EachJdk
    void reactorNetty_twoSitesOfOneConnectionPool_areNeverMixedUp(Jdk jdk) {
        Outcome outcome = httpBurst(jdk, "shared", 480, reactorNetty());

        assertThat(outcome.lines("FANOUT ")).isNotEmpty().allSatisfy(line -> {
            int number = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            int max = line.contains(".few(") ? 120 : line.contains(".many(") ? 360 : 480;
            assertThat(number).as(line).isLessThanOrEqualTo(max);
        });
    }

    private static ClassPath reactorNetty() {
        return ClassPath.programs().with("netty-", "reactor-", "reactive-streams", "jspecify");
    }

    private static Outcome httpBurst(Jdk jdk, String client, int number, ClassPath classPath) {
        Outcome outcome = ForkedJvm.of(jdk, "app.fanout.HttpBurst", client, Integer.toString(number))
                .agent("interval=100ms")
                .options("-Dreactor.netty.native=false") // the native library has another version than the classes
                .quietFramework()
                .classPath(classPath)
                .run()
                .healthy();
        assertThat(outcome.lines("PEAK ")).containsExactly(number + " of " + number);
        assertThat(outcome.lines("LEFT ")).hasSize(1);
        return outcome;
    }

    private static Outcome burst(Jdk jdk, String how, int number) {
        return ForkedJvm.of(jdk, "app.fanout.Burst", how, Integer.toString(number))
                .agent("interval=100ms")
                .run()
                .healthy();
    }

    /** Netty connects in a task of the loop, but it creates the channel in the application's call. */
    private static void netty(Jdk jdk, String transport, ClassPath classPath) {
        Outcome outcome = ForkedJvm.of(jdk, "app.fanout.NettyClient", transport, "120")
                .agent("interval=100ms")
                .quietFramework()
                .classPath(classPath)
                .run()
                .healthy();
        List<String> unavailable = outcome.lines("UNAVAILABLE ");
        Assumptions.assumeTrue(unavailable.isEmpty(), () -> transport + " does not work here: " + unavailable);

        assertThat(outcome.lines("PEAK ")).containsExactly("120 of 120");
        assertThat(outcome.lines("LEFT ")).containsExactly("0, failed 0");
        assertThat(outcome.lines("FANOUT "))
                .singleElement()
                .asString()
                .startsWith("120 of 120 at app.fanout.NettyClient.connect(NettyClient.java:");
    }
}
