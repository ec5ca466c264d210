package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartUpTest {

    private static final long START = 1_000;
    private static final long LATER = START + TimeUnit.SECONDS.toNanos(31);

    private final StartUp startUp = new StartUp(
            frame -> frame.getClassName().startsWith("com.shop."),
            frame -> frame.getClassName().startsWith("java."),
            START);

    private static BlockingCall call(String site, long start, long context) {
        StackTraceElement frame = new StackTraceElement(site, "append", "Appender.java", 7);
        return new BlockingCall(
                Kind.FILE,
                "write",
                "",
                start,
                5_000_000,
                "loop-1",
                "loop-#",
                List.of(frame),
                frame,
                null,
                Request.UNKNOWN,
                context);
    }

    @Test
    void callOfLibrariesAmongThemselves_isCovered_atTheStartOnly() {
        assertThat(startUp.covers(call("ch.qos.logback.Appender", START + 1, 0)))
                .isTrue();
        assertThat(startUp.covers(call("ch.qos.logback.Appender", LATER, 0))).isFalse();
    }

    @Test
    void callBelowALineOfTheApplication_isReportedAtAnyTime() {
        assertThat(startUp.covers(call("com.shop.Orders", START + 1, 0))).isFalse();
    }

    private static BlockingCall lock(String taker, long start) {
        StackTraceElement site = new StackTraceElement("com.shop.Orders", "find", "Orders.java", 12);
        List<StackTraceElement> stack = List.of(
                new StackTraceElement("java.util.concurrent.locks.ReentrantLock", "lock", "ReentrantLock.java", 322),
                new StackTraceElement(taker, "take", "Taker.java", 3),
                site);
        return new BlockingCall(
                Kind.LOCK,
                "ReentrantLock.lock",
                "",
                start,
                5_000_000,
                "loop-1",
                "loop-#",
                stack,
                site,
                null,
                Request.UNKNOWN,
                0);
    }

    private static List<StackTraceElement> work(String caller) {
        return List.of(
                new StackTraceElement("java.util.regex.Pattern", "compile", "Pattern.java", 9),
                new StackTraceElement(caller, "date", "Dates.java", 3),
                new StackTraceElement("com.shop.Orders", "find", "Orders.java", 12));
    }

    private static List<List<StackTraceElement>> samples(int ofLibrary, int ofApplication) {
        List<List<StackTraceElement>> samples =
                new ArrayList<>(Collections.nCopies(ofLibrary, work("io.undertow.Dates")));
        samples.addAll(Collections.nCopies(ofApplication, work("com.shop.Dates")));
        return samples;
    }

    @Test
    void workOfALibrary_isCovered_atTheStartOnly() {
        assertThat(startUp.coversWork(START + 1, 0, samples(6, 4))).isTrue();
        assertThat(startUp.coversWork(LATER, 0, samples(6, 4))).isFalse();
        assertThat(startUp.coversWork(START + 1, 7, samples(6, 4)))
                .as("in a test")
                .isFalse();
    }

    @Test
    void workOfTheApplication_isNot() {
        assertThat(startUp.coversWork(START + 1, 0, samples(5, 5))).isFalse();
        assertThat(startUp.coversWork(START + 1, 0, List.of())).isFalse();
    }

    @Test
    void waitForALockOfALibrary_isCovered_atTheStartOnly() {
        assertThat(startUp.coversWait(START + 1, 0, true, samples(6, 4))).isTrue();
        assertThat(startUp.coversWait(LATER, 0, true, samples(6, 4))).isFalse();
        assertThat(startUp.coversWait(START + 1, 0, true, samples(5, 5))).isFalse();
        assertThat(startUp.coversWait(START + 1, 7, true, samples(6, 4)))
                .as("in a test")
                .isFalse();
    }

    @Test
    void otherWaitOfALibrary_isCovered_ifTheApplicationDidNotCallIt() {
        assertThat(startUp.coversWait(START + 1, 0, false, samples(6, 4))).isFalse();
        assertThat(startUp.coversWait(
                        START + 1, 0, false, List.of(work("io.undertow.Dates").subList(0, 2))))
                .isTrue();
    }

    @Test
    void lockThatALibraryTakes_isCovered_atTheStartOnly() {
        assertThat(startUp.covers(lock("kotlin.reflect.Storage", START + 1))).isTrue();
        assertThat(startUp.covers(lock("kotlin.reflect.Storage", LATER))).isFalse();
    }

    @Test
    void whatALibraryDoesWhileTheJvmEnds_isCovered() {
        startUp.jvmEnds();

        assertThat(startUp.covers(call("ch.qos.logback.Appender", LATER, 0))).isTrue();
        assertThat(startUp.coversWork(LATER, 0, samples(6, 4))).isTrue();
        assertThat(startUp.covers(lock("kotlin.reflect.Storage", LATER))).isTrue();
        assertThat(startUp.covers(call("com.shop.Orders", LATER, 0))).isFalse();
    }

    @Test
    void lockThatTheApplicationTakes_isReportedAtAnyTime() {
        assertThat(startUp.covers(lock("com.shop.Stock", START + 1))).isFalse();
    }

    @Test
    void callThatATestMade_isReportedAtAnyTime() {
        assertThat(startUp.covers(call("ch.qos.logback.Appender", START + 1, 12)))
                .isFalse();
    }

    @Test
    void whatWasCovered_isLoggedOnce_afterTheStart() {
        startUp.count(call("ch.qos.logback.Appender", START + 1, 0));
        startUp.count(call("ch.qos.logback.Appender", START + 2, 0));

        assertThat(startUp.summary(START + 3)).isNull();
        assertThat(startUp.summary(LATER)).contains("2 calls for 10 ms");
        assertThat(startUp.summary(LATER)).isNull();
    }
}
