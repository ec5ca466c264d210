package io.stallsight.engine.stall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.detect.SlowTick;
import io.stallsight.engine.detect.TestDetectors;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Cause;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.HookStates;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.testing.Stacks;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How the time of a stall is divided, and who is blamed. Times are milliseconds here. */
class StallAnalysisTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = 1_000_000 * MILLI;
    private static final Pauses.Sum NO_PAUSE = new Pauses.Sum(0, 0, 0);
    private static final List<StackTraceElement> IN_RENDER =
            Stacks.stack("com.acme.Page.render(Page.java:10)", "com.acme.Server.handle(Server.java:5)");
    private static final List<StackTraceElement> IN_PARSE =
            Stacks.stack("com.acme.Query.parse(Query.java:20)", "com.acme.Router.route(Router.java:5)");
    private static final List<StackTraceElement> IN_NATIVE = List.of(
            new StackTraceElement("com.acme.Codec", "encode0", "Codec.java", -2),
            Stacks.frame("com.acme.Page.compress(Page.java:30)"));

    private final StallsightLoop loop = HookStates.loop();
    private final StallAnalysis analysis = analysis();

    /** One stall. */
    private final class Given {
        private final long millis;
        private final Episode episode;
        private long blocked;
        private long locked;
        private BlockingCall longest;
        private ThreadTimes times;
        private Pauses.Sum pauses = NO_PAUSE;
        private long throttled;

        Given(long millis) {
            this(millis, Episode.Form.TICK, 0);
        }

        Given(long millis, Episode.Form form, long readAfter) {
            this(millis, form, readAfter, 0);
        }

        /**
         * @param readAfter milliseconds after the start at which the thread's times were read first
         * @param busyBefore milliseconds between that reading and the start in which the loop was busy
         */
        Given(long millis, Episode.Form form, long readAfter, long busyBefore) {
            this.millis = millis;
            HookStates.beginTick(loop, START);
            TimesAt first = new TimesAt(START + readAfter * MILLI, new ThreadTimes(0, 0, 0), 0, 0);
            episode = new Episode(
                    Thread.currentThread(),
                    "loop-1",
                    null,
                    loop,
                    form,
                    START,
                    START + millis * MILLI,
                    busyBefore * MILLI,
                    first);
        }

        Given cpu(long cpu, long delay) {
            times = new ThreadTimes(cpu * MILLI, delay * MILLI, 1);
            return this;
        }

        Given throttled(long millis) {
            throttled = millis * MILLI;
            return this;
        }

        Given calls(long blockedMillis, long lockedMillis) {
            blocked = blockedMillis * MILLI;
            locked = lockedMillis * MILLI;
            return this;
        }

        Given longest(Kind kind, String site) {
            longest = new BlockingCall(
                    kind,
                    "Wire.read",
                    "",
                    0,
                    1,
                    "loop-1",
                    "loop-#",
                    Stacks.stack("com.acme.Wire.read(Wire.java:1)", site),
                    Stacks.frame(site),
                    null,
                    Request.UNKNOWN,
                    0);
            return this;
        }

        Given paused(long gc, long safepoint, long gap) {
            pauses = new Pauses.Sum(gc * MILLI, safepoint * MILLI, gap * MILLI);
            return this;
        }

        Given samples(int count, Thread.State state, List<StackTraceElement> stack) {
            for (int i = 0; i < count; i++) {
                episode.samples().add(new LoopSamples.Sample(stack, state), 0);
            }
            return this;
        }

        Stall stall() {
            return stall(analysis);
        }

        Stall stall(StallAnalysis analysis) {
            long end = START + millis * MILLI;
            SlowTick tick = new SlowTick(
                    loop,
                    Thread.currentThread(),
                    "loop-1",
                    START,
                    end,
                    0,
                    blocked,
                    locked,
                    longest,
                    Request.UNKNOWN,
                    Request.UNKNOWN,
                    times);
            return analysis.analyse(episode, end, tick, times, pauses, throttled, false);
        }
    }

    private static StallAnalysis analysis() {
        Detection detection = TestDetectors.detection(TestCatalogs.of(
                "{\"blocking\": [{\"class\": \"java.lang.Thread\", \"methods\": \"sleep\", \"kind\": \"SLEEP\"}]}"));
        return new StallAnalysis(detection.glimpses(), detection.stacks());
    }

    /** What a JDK calls the native part of it, nobody knows. */
    @Test
    void blockingCall_thatOnlySamplesTell_hasTheNameThatIsKnown() {
        Stall stall = new Given(200)
                .samples(
                        5,
                        Thread.State.TIMED_WAITING,
                        Stacks.stack(
                                "java.lang.Thread.sleepNanos0(Thread.java)",
                                "java.lang.Thread.sleep(Thread.java:1)",
                                "com.acme.Orders.find(Orders.java:57)"))
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.BLOCKING_CALL);
        assertThat(stall.api()).isEqualTo("Thread.sleep");
    }

    @Test
    void blockingCall_measured_isTheCauseWithTheSiteOfTheLongest() {
        Stall stall = new Given(200)
                .cpu(10, 0)
                .calls(190, 0)
                .longest(Kind.SOCKET, "com.acme.Orders.find(Orders.java:57)")
                .samples(5, Thread.State.RUNNABLE, IN_RENDER) // a socket read is RUNNABLE to the JVM
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.BLOCKING_CALL);
        assertThat(stall.split()).containsOnly(entry(Cause.BLOCKING_CALL, 190 * MILLI), entry(Cause.CPU, 10 * MILLI));
        assertThat(stall.siteText()).isEqualTo("com.acme.Orders.find(Orders.java:57)");
        assertThat(stall.api()).isEqualTo("Wire.read");
    }

    @Test
    void gcPause_inATickThatComputes_isTheCauseAndNobodyIsBlamed() {
        Stall stall = new Given(300)
                .cpu(40, 0)
                .paused(250, 0, 0)
                .samples(20, Thread.State.RUNNABLE, IN_RENDER)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.GC_PAUSE);
        assertThat(stall.part(Cause.GC_PAUSE)).isEqualTo(250 * MILLI);
        assertThat(stall.part(Cause.CPU)).isEqualTo(40 * MILLI);
        assertThat(stall.site()).isNull();
        assertThat(stall.stack()).isEmpty();
        assertThat(stall.evidence()).doesNotContain("com.acme");
    }

    @Test
    void safepoint_otherThanForACollection_isACauseOfItsOwn() {
        Stall stall = new Given(200).cpu(10, 0).paused(20, 150, 0).stall();

        assertThat(stall.cause()).isEqualTo(Cause.SAFEPOINT);
        assertThat(stall.site()).isNull();
    }

    /**
     * The JVM waits for a thread that has no CPU: a safepoint to the JVM, and no time in which the thread stood still.
     */
    @Test
    void safepoint_thatTheKernelSaysTheThreadDidNotStandIn_isNotTheCause() {
        Stall stall = new Given(150)
                .cpu(60, 50)
                .paused(0, 80, 0)
                .samples(10, Thread.State.RUNNABLE, IN_RENDER)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.CPU);
        assertThat(stall.split())
                .containsOnly(
                        entry(Cause.CPU, 60 * MILLI),
                        entry(Cause.NOT_SCHEDULED, 50 * MILLI),
                        entry(Cause.SAFEPOINT, 40 * MILLI));
    }

    @Test
    void collection_afterAReadingThatIsOlderThanTheStall_staysTheCause() {
        Stall stall = new Given(100, Episode.Form.TICK, -100, 0)
                .cpu(0, 60)
                .paused(90, 0, 0)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.GC_PAUSE);
    }

    @Test
    void threadWithoutACpu_isNotScheduledAndNobodyIsBlamed() {
        Stall stall = new Given(300)
                .cpu(50, 240)
                .samples(20, Thread.State.RUNNABLE, IN_RENDER)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.NOT_SCHEDULED);
        assertThat(stall.part(Cause.NOT_SCHEDULED)).isEqualTo(240 * MILLI);
        assertThat(stall.site()).isNull();
    }

    @Test
    void timeThatNothingExplains_whileTheContainerIsThrottled_isNotScheduled() {
        Stall stall = new Given(250)
                .cpu(20, 100)
                .throttled(400)
                .samples(10, Thread.State.RUNNABLE, IN_RENDER)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.NOT_SCHEDULED);
        assertThat(stall.part(Cause.NOT_SCHEDULED)).isEqualTo(230 * MILLI);
        assertThat(stall.site()).isNull();
    }

    @Test
    void stoppedProcess_isNotScheduled() {
        Stall stall = new Given(500)
                .cpu(20, 0)
                .paused(0, 0, 470)
                .samples(3, Thread.State.RUNNABLE, IN_RENDER)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.NOT_SCHEDULED);
        assertThat(stall.site()).isNull();
    }

    @Test
    void stoppedProcess_duringAShortCallThatSeemedLong_isNotTheCallsFault() {
        Stall stall = new Given(500)
                .cpu(5, 0)
                .calls(490, 0)
                .longest(Kind.SLEEP, "com.acme.Orders.find(Orders.java:57)")
                .paused(0, 0, 470)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.NOT_SCHEDULED);
        assertThat(stall.part(Cause.BLOCKING_CALL)).isEqualTo(30 * MILLI);
        assertThat(stall.site()).isNull();
    }

    @Test
    void cpu_methodSharedByMostSamples_isTheSite() {
        Stall stall = new Given(300)
                .cpu(290, 5)
                .samples(8, Thread.State.RUNNABLE, IN_RENDER)
                .samples(2, Thread.State.RUNNABLE, IN_PARSE)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.CPU);
        assertThat(stall.siteText()).isEqualTo("com.acme.Page.render(Page.java:10)");
        assertThat(stall.samplesAtSite()).isEqualTo(8);
        assertThat(stall.cpu()).isEqualTo(290 * MILLI);
    }

    @Test
    void stack_isTheOneThatWasSeenMost() {
        List<StackTraceElement> atFirst =
                Stacks.stack("com.acme.Font.load(Font.java:3)", "com.acme.Page.render(Page.java:10)");
        Stall stall = new Given(300)
                .cpu(290, 5)
                .samples(1, Thread.State.RUNNABLE, atFirst)
                .samples(8, Thread.State.RUNNABLE, IN_RENDER)
                .stall();

        assertThat(stall.siteText()).isEqualTo("com.acme.Page.render(Page.java:10)");
        assertThat(stall.stack()).isEqualTo(IN_RENDER);
    }

    @Test
    void cpu_noMethodSharedByMostSamples_hasNoSite() {
        Stall stall = new Given(300)
                .cpu(290, 5)
                .samples(5, Thread.State.RUNNABLE, IN_RENDER)
                .samples(5, Thread.State.RUNNABLE, IN_PARSE)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.CPU);
        assertThat(stall.site()).isNull();
        assertThat(stall.evidence()).contains("no single culprit");
    }

    @Test
    void nativeMethodOnTopOfMostSamples_isTheApi() {
        Stall stall = new Given(300)
                .cpu(290, 0)
                .samples(9, Thread.State.RUNNABLE, IN_NATIVE)
                .samples(1, Thread.State.RUNNABLE, IN_RENDER)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.NATIVE);
        assertThat(stall.api()).isEqualTo("com.acme.Codec.encode0");
        assertThat(stall.part(Cause.CPU)).isZero();
    }

    /** 74 ms against 73 ms without a CPU, and one moment of it: chance. */
    @Test
    void oneSample_blamesNobody() {
        Stall stall = new Given(150)
                .cpu(74, 73)
                .samples(1, Thread.State.RUNNABLE, IN_NATIVE)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.CPU);
        assertThat(stall.site()).isNull();
        assertThat(stall.api()).isNull();
    }

    @Test
    void fewSamplesOfALongTime_blameNobody() {
        assertThat(new Given(300)
                        .cpu(290, 0)
                        .samples(3, Thread.State.RUNNABLE, IN_RENDER)
                        .stall()
                        .site())
                .isNull();
        assertThat(new Given(60)
                        .cpu(55, 0)
                        .samples(3, Thread.State.RUNNABLE, IN_RENDER)
                        .stall()
                        .site())
                .isNotNull();
    }

    /** The native method on top is that which inflates a jar, or the weaving of this agent. */
    @Test
    void computingThatIsMostlyClassLoading_blamesNobody() {
        List<StackTraceElement> loading = List.of(
                new StackTraceElement("java.util.zip.Inflater", "inflateBytesBytes", "Inflater.java", -2),
                Stacks.frame("java.lang.ClassLoader.loadClass(ClassLoader.java:5)"),
                Stacks.frame("com.acme.Page.render(Page.java:10)"));
        List<StackTraceElement> weaving = List.of(
                new StackTraceElement("java.util.zip.Inflater", "inflateBytesBytes", "Inflater.java", -2),
                Stacks.frame("sun.instrument.InstrumentationImpl.transform(InstrumentationImpl.java:5)"),
                Stacks.frame("com.acme.Page.render(Page.java:10)"));
        StallAnalysis withCatalog = new StallAnalysis(
                TestDetectors.detection(TestCatalogs.builtIn(17)).glimpses(),
                TestDetectors.detection(TestCatalogs.builtIn(17)).stacks());

        Stall stall = new Given(300)
                .cpu(290, 0)
                .samples(8, Thread.State.RUNNABLE, loading)
                .samples(8, Thread.State.RUNNABLE, weaving)
                .samples(4, Thread.State.RUNNABLE, IN_RENDER)
                .stall(withCatalog);

        assertThat(stall.cause()).isEqualTo(Cause.UNKNOWN);
        assertThat(stall.own()).as("no test fails for it").isZero();
        assertThat(stall.site()).isNull();
        assertThat(stall.api()).isNull();
        assertThat(stall.evidence()).contains("no line is to blame");
    }

    /** The JVM waits there for another thread that initialises a class; the stack ends at the line that uses it. */
    @Test
    void waitWithinALineOfTheApplication_blamesNobody() {
        Stall stall = new Given(200)
                .cpu(5, 0)
                .samples(15, Thread.State.WAITING, IN_RENDER)
                .stall();

        assertThat(stall.site()).isNull();
        assertThat(stall.api()).isNull();
    }

    /** As at the start: both loops build the client that the first request needs. */
    @Test
    void lockOfALibrary_whileTheJvmStartsOrEnds_blamesNobody() {
        Detection detection = TestDetectors.detection(TestCatalogs.of("{\"packages\": [\"org.lib.**\"]}"));
        StallAnalysis analysis = new StallAnalysis(detection.glimpses(), detection.stacks());
        List<StackTraceElement> builds = Stacks.stack(
                "java.util.concurrent.ConcurrentHashMap.computeIfAbsent(ConcurrentHashMap.java:1726)",
                "org.lib.Clients.get(Clients.java:52)",
                "com.acme.Orders.find(Orders.java:57)");
        List<StackTraceElement> ownLock =
                Stacks.stack("com.acme.Cache.get(Cache.java:9)", "org.lib.Router.route(Router.java:5)");
        detection.startUp().jvmEnds();

        Stall ofLibrary = new Given(200)
                .samples(20, Thread.State.BLOCKED, builds)
                .cpu(5, 0)
                .stall(analysis);
        Stall ofApplication = new Given(200)
                .samples(20, Thread.State.BLOCKED, ownLock)
                .cpu(5, 0)
                .stall(analysis);

        assertThat(ofLibrary.site()).isNull();
        assertThat(ofApplication.siteText()).isEqualTo("com.acme.Cache.get(Cache.java:9)");
        assertThat(ofApplication.cause()).isEqualTo(Cause.LOCK);
    }

    @Test
    void lock_measured_isTheCause() {
        Stall stall = new Given(200)
                .cpu(5, 0)
                .calls(0, 190)
                .longest(Kind.LOCK, "com.acme.Cache.get(Cache.java:9)")
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.LOCK);
        assertThat(stall.siteText()).isEqualTo("com.acme.Cache.get(Cache.java:9)");
    }

    @Test
    void nothingMeasured_theStatesOfTheSamplesDecide() {
        Stall stall = new Given(200)
                .cpu(10, 0)
                .samples(15, Thread.State.BLOCKED, IN_RENDER)
                .samples(5, Thread.State.TIMED_WAITING, IN_PARSE)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.LOCK);
        assertThat(stall.part(Cause.LOCK)).isEqualTo(190 * MILLI * 15 / 20);
        assertThat(stall.siteText()).isEqualTo("com.acme.Page.render(Page.java:10)");
    }

    @Test
    void nothingMeasuredAndNothingSeen_isUnknownAndNobodyIsBlamed() {
        Stall stall = new Given(200).stall();

        assertThat(stall.cause()).isEqualTo(Cause.UNKNOWN);
        assertThat(stall.part(Cause.UNKNOWN)).isEqualTo(200 * MILLI);
        assertThat(stall.site()).isNull();
    }

    @Test
    void manyTasks_noneOfThemLong_areTheCause() {
        Given given = new Given(300).cpu(290, 0).samples(20, Thread.State.RUNNABLE, IN_RENDER);
        for (int i = 1; i <= 58; i++) {
            HookStates.tasks(loop, i * 10L);
            given.episode.seen(START + i * 5 * MILLI);
        }

        Stall stall = given.stall();

        assertThat(stall.cause()).isEqualTo(Cause.MANY_SMALL_TASKS);
        assertThat(stall.tasks()).isEqualTo(580);
        assertThat(stall.topTasks()).first().asString().contains("com.acme.Server");
    }

    /** Each of five long tasks is shorter than a fourth of the stall; trivial ones run between them. */
    @Test
    void fiveLongTasksAmongTrivialOnes_areNotManySmallOnes() {
        Given given = new Given(1_250).cpu(1_240, 0).samples(20, Thread.State.RUNNABLE, IN_RENDER);
        for (int i = 1; i <= 249; i++) {
            HookStates.tasks(loop, 10 + i / 48 * 20L); // every 240 ms, 20 tasks more
            given.episode.seen(START + i * 5 * MILLI);
        }

        assertThat(given.stall().cause()).isEqualTo(Cause.CPU);
    }

    @Test
    void loopWithoutHooks_whoseSamplesAreInOneTaskAfterTheOther_hasManySmallTasks() {
        Given given = new Given(300).cpu(290, 0);
        for (int i = 0; i < 20; i++) {
            given.samples(
                    1,
                    Thread.State.RUNNABLE,
                    Stacks.stack(
                            "com.acme.Work.spin(Work.java:5)",
                            "com.acme.Own.lambda$submit$" + i % 4 + "(Own.java:" + i % 4 + ")",
                            "com.acme.Own.loop(Own.java:50)"));
        }

        Stall stall = given.stall();

        assertThat(stall.cause()).isEqualTo(Cause.MANY_SMALL_TASKS);
        assertThat(stall.tasks()).isEqualTo(-1);
        assertThat(stall.topTasks()).containsExactly("com.acme.Own.submit (100 %)");
        assertThat(stall.evidence()).contains("at least 20 tasks").contains("each is innocent alone");
    }

    /** The samples of one long task and those of many equal ones are the same. */
    @Test
    void loopWithoutHooks_whoseSamplesAreAllInOneLambda_isNotKnownToHaveOneTask() {
        Stall stall = new Given(300)
                .cpu(290, 0)
                .samples(
                        20,
                        Thread.State.RUNNABLE,
                        Stacks.stack(
                                "com.acme.Work.spin(Work.java:5)",
                                "com.acme.Own.lambda$submit$0(Own.java:7)",
                                "com.acme.Own.loop(Own.java:50)"))
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.CPU);
        assertThat(stall.evidence()).contains("one long task or many short ones");
    }

    /** The watch was stopped with the process, so that the times were last read 90 ms before the tick began. */
    @Test
    void processThatIsStopped_onABusyLoop_isNotBlamedOnWhatTheLoopComputedBefore() {
        Stall stall = new Given(170, Episode.Form.TICK, -90, 90)
                .cpu(110, 0)
                .paused(0, 0, 150)
                .stall();

        assertThat(stall.cause()).isEqualTo(Cause.NOT_SCHEDULED);
        assertThat(stall.part(Cause.NOT_SCHEDULED)).isEqualTo(150 * MILLI);
        assertThat(stall.part(Cause.CPU)).isEqualTo(20 * MILLI);
    }

    @Test
    void cpuTime_isNotTakenForTimeWithoutACpu() {
        Stall stall = new Given(200).cpu(120, 100).paused(0, 0, 60).stall();

        assertThat(stall.split()).containsOnly(entry(Cause.NOT_SCHEDULED, 80 * MILLI), entry(Cause.CPU, 120 * MILLI));
    }

    @Test
    void manyTasks_oneOfThemLong_areNotTheCause() {
        Given given = new Given(300).cpu(290, 0).samples(20, Thread.State.RUNNABLE, IN_RENDER);
        for (int i = 1; i <= 58; i++) {
            HookStates.tasks(loop, i <= 20 ? i * 10L : 200);
            given.episode.seen(START + i * 5 * MILLI);
        }

        assertThat(given.stall().cause()).isEqualTo(Cause.CPU);
    }

    @Test
    void timesReadLate_whatWasBeforeIsTakenToHaveBeenLikeTheRest() {
        Stall stall = new Given(200, Episode.Form.TICK, 20).cpu(90, 90).stall();

        assertThat(stall.part(Cause.CPU)).isEqualTo(100 * MILLI);
        assertThat(stall.part(Cause.NOT_SCHEDULED)).isEqualTo(100 * MILLI);
    }

    @Test
    void timesReadLongBefore_areTakenAsTheyAre() {
        Stall stall = new Given(200, Episode.Form.TICK, -80).cpu(60, 120).stall();

        assertThat(stall.part(Cause.CPU)).isEqualTo(60 * MILLI);
        assertThat(stall.part(Cause.NOT_SCHEDULED)).isEqualTo(120 * MILLI);
    }

    @Test
    void backlog_callsInShortTicks_areAddedUp() {
        loop.tick().addBlocked(1_000 * MILLI); // before the stall
        HookStates.endTick(loop, START);
        Given given = new Given(400, Episode.Form.DUE, 0).cpu(20, 0);
        loop.tick().addBlocked(300 * MILLI);
        HookStates.endTick(loop, START + 320 * MILLI);
        loop.tick().addBlocked(60 * MILLI);

        Stall stall = analysis.analyse(given.episode, START + 400 * MILLI, null, given.times, NO_PAUSE, 0, false);

        assertThat(stall.cause()).isEqualTo(Cause.BLOCKING_CALL);
        assertThat(stall.part(Cause.BLOCKING_CALL)).isEqualTo(360 * MILLI);
    }

    @Test
    void split_whateverWasMeasured_isAllOfTheStallAndNoMore() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Given given = new Given(100 + random.nextInt(400))
                    .paused(random.nextInt(200), random.nextInt(50), random.nextInt(200))
                    .calls(random.nextInt(200), random.nextInt(200))
                    .samples(random.nextInt(10), Thread.State.RUNNABLE, IN_NATIVE)
                    .samples(random.nextInt(10), Thread.State.BLOCKED, IN_PARSE)
                    .samples(random.nextInt(10), Thread.State.WAITING, IN_RENDER);
            if (random.nextBoolean()) {
                given.cpu(random.nextInt(500), random.nextInt(500));
            }

            Stall stall = given.stall();

            assertThat(stall.split().values()).allMatch(part -> part > 0);
            assertThat(stall.split().values().stream().mapToLong(part -> part).sum())
                    .isEqualTo(stall.nanos());
            assertThat(stall.part(stall.cause()))
                    .isEqualTo(stall.split().values().stream()
                            .mapToLong(part -> part)
                            .max()
                            .orElseThrow());
        }
    }
}
