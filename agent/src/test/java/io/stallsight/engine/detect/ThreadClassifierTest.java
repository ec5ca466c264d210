package io.stallsight.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.RoleRule;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.detect.ThreadClassifier.Classification;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightRole;
import io.stallsight.text.Glob;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadClassifierTest {

    /** Marks threads that must not block. */
    interface Loop {}

    interface FastLoop extends Loop {}

    static class LoopThread extends Thread implements FastLoop {
        LoopThread(String name) {
            super(name);
        }
    }

    static class SpecialLoopThread extends LoopThread {
        SpecialLoopThread() {
            super("special");
        }
    }

    /** Asked by name, as the catalog does. */
    public static final class Predicates {
        static boolean answer;

        public static boolean mustNotBlock(Thread thread) {
            return answer && thread.getName().equals("dynamic");
        }

        private Predicates() {}
    }

    private static ThreadRule byClass(Class<?> type) {
        return new ThreadRule(type.getName(), null, null, ThreadRule.Duty.MUST_NOT_BLOCK, "test");
    }

    private static ThreadRule byName(String name) {
        return new ThreadRule(null, name, null, ThreadRule.Duty.MUST_NOT_BLOCK, "test");
    }

    private static ThreadRule blocks(String className, String name) {
        return new ThreadRule(className, name, null, ThreadRule.Duty.MAY_BLOCK, "test");
    }

    private static ThreadRule byPredicate(String predicate) {
        return new ThreadRule(
                LoopThread.class.getName(),
                null,
                new RoleRule(predicate, null, null),
                ThreadRule.Duty.MUST_NOT_BLOCK,
                "test");
    }

    private static Classification classify(List<ThreadRule> rules, Thread thread) {
        return new ThreadClassifier(rules, List.of(), List.of()).classify(thread);
    }

    @Test
    void thread_ofWhichNothingIsKnown_isUnknown() {
        assertThat(classify(List.of(byName("loop-*")), new Thread("worker-1"))).isEqualTo(Classification.UNKNOWN);
    }

    @Test
    void usersGlob_makesNonBlocking() {
        ThreadClassifier classifier =
                new ThreadClassifier(List.of(), List.of(new Glob("loop-*"), new Glob("main")), List.of());
        assertThat(classifier.classify(new Thread("loop-1"))).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classifier.classify(new Thread("main"))).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classifier.classify(new Thread("loops"))).isEqualTo(Classification.UNKNOWN);
    }

    @Test
    void usersExclude_winsOverEverything() {
        ThreadClassifier classifier = new ThreadClassifier(
                List.of(byName("loop-*"), byClass(LoopThread.class)),
                List.of(new Glob("loop-*")),
                List.of(new Glob("loop-9")));
        assertThat(classifier.classify(new LoopThread("loop-9"))).isEqualTo(Classification.MAY_BLOCK);
        assertThat(classifier.classify(new LoopThread("loop-8"))).isEqualTo(Classification.NON_BLOCKING);
    }

    @Test
    void usersGlob_winsOverABlocksRule() {
        ThreadClassifier classifier =
                new ThreadClassifier(List.of(blocks(null, "loop-*")), List.of(new Glob("loop-1")), List.of());
        assertThat(classifier.classify(new Thread("loop-1"))).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classifier.classify(new Thread("loop-2"))).isEqualTo(Classification.MAY_BLOCK);
    }

    @Test
    void catalogsName_makesNonBlocking() {
        assertThat(classify(List.of(byName("RxComputationThreadPool-*")), new Thread("RxComputationThreadPool-3")))
                .isEqualTo(Classification.NON_BLOCKING);
    }

    @Test
    void catalogsClass_coversSubclasses() {
        List<ThreadRule> rules = List.of(byClass(LoopThread.class));
        assertThat(classify(rules, new LoopThread("x"))).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classify(rules, new SpecialLoopThread())).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classify(rules, new Thread("x"))).isEqualTo(Classification.UNKNOWN);
    }

    @Test
    void catalogsInterface_coversWhatInheritsIt() {
        List<ThreadRule> rules = List.of(byClass(Loop.class));
        assertThat(classify(rules, new LoopThread("x"))).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classify(rules, new SpecialLoopThread())).isEqualTo(Classification.NON_BLOCKING);
    }

    @Test
    void classWithName_needsBoth() {
        List<ThreadRule> rules = List.of(
                new ThreadRule(LoopThread.class.getName(), "io-*", null, ThreadRule.Duty.MUST_NOT_BLOCK, "test"));
        assertThat(classify(rules, new LoopThread("io-1"))).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classify(rules, new LoopThread("cpu-1"))).isEqualTo(Classification.UNKNOWN);
        assertThat(classify(rules, new Thread("io-1"))).isEqualTo(Classification.UNKNOWN);
    }

    @Test
    void blocksRule_winsOverOtherRules_whateverTheirOrder() {
        ThreadRule loops = byClass(Loop.class);
        ThreadRule special = blocks(SpecialLoopThread.class.getName(), null);
        assertThat(classify(List.of(loops, special), new SpecialLoopThread())).isEqualTo(Classification.MAY_BLOCK);
        assertThat(classify(List.of(special, loops), new SpecialLoopThread())).isEqualTo(Classification.MAY_BLOCK);
        assertThat(classify(List.of(loops, blocks(null, "special")), new SpecialLoopThread()))
                .isEqualTo(Classification.MAY_BLOCK);
    }

    @Test
    void threadsOfTheAgent_mayBlock() {
        ThreadClassifier classifier = new ThreadClassifier(List.of(), List.of(new Glob("*")), List.of());
        assertThat(classifier.classify(new AgentThread("log", () -> {}))).isEqualTo(Classification.MAY_BLOCK);
    }

    @Test
    void predicate_isAskedAtEachCall() {
        ThreadClassifier classifier = new ThreadClassifier(
                List.of(byPredicate(Predicates.class.getName() + "#mustNotBlock(java.lang.Thread)")),
                List.of(),
                List.of());
        Thread thread = new LoopThread("dynamic");

        assertThat(classifier.classify(thread)).isEqualTo(Classification.DYNAMIC);
        Predicates.answer = true;
        assertThat(classifier.roleNow(thread)).isEqualTo(StallsightRole.WORKS);
        assertThat(classifier.roleNow(new LoopThread("other"))).isNotEqualTo(StallsightRole.WORKS);
        Predicates.answer = false;
        assertThat(classifier.roleNow(thread)).isNotEqualTo(StallsightRole.WORKS);
    }

    @Test
    void predicate_thatIsNotThere_meansThatTheThreadMayBlock() {
        ThreadClassifier classifier =
                new ThreadClassifier(List.of(byPredicate("com.acme.None#ask")), List.of(), List.of());
        long before = StallsightErrors.suppressed();
        assertThat(classifier.roleNow(new LoopThread("dynamic"))).isNotEqualTo(StallsightRole.WORKS);
        assertThat(StallsightErrors.suppressed()).isGreaterThan(before);
    }

    private static ThreadPolicy policy(ThreadPolicy.Answer answer, boolean now) {
        return new ThreadPolicy() {
            @Override
            public Answer about(Thread thread) {
                return answer;
            }

            @Override
            public boolean nonBlockingNow(Thread thread) {
                return now;
            }
        };
    }

    @Test
    void policy_countsWhereNothingElseIsKnown() {
        ThreadClassifier classifier = new ThreadClassifier(
                List.of(byName("loop-*"), blocks(null, "worker-*")), List.of(), List.of(new Glob("mine")));
        classifier.add(policy(ThreadPolicy.Answer.DYNAMIC, true));

        assertThat(classifier.classify(new Thread("other"))).isEqualTo(Classification.DYNAMIC);
        assertThat(classifier.roleNow(new Thread("other"))).isEqualTo(StallsightRole.WORKS);
        assertThat(classifier.classify(new Thread("loop-1"))).isEqualTo(Classification.NON_BLOCKING);
        assertThat(classifier.classify(new Thread("worker-1"))).isEqualTo(Classification.MAY_BLOCK);
        assertThat(classifier.classify(new Thread("mine"))).isEqualTo(Classification.MAY_BLOCK);
        assertThat(classifier.known(new Thread("other"))).isEqualTo(Classification.UNKNOWN);
    }

    @Test
    void policy_thatSaysNonBlocking_winsOverOneThatSaysDynamic() {
        ThreadClassifier classifier = new ThreadClassifier(List.of(), List.of(), List.of());
        classifier.add(policy(ThreadPolicy.Answer.DYNAMIC, false));
        assertThat(classifier.roleNow(new Thread("other"))).isNotEqualTo(StallsightRole.WORKS);

        classifier.add(policy(ThreadPolicy.Answer.NON_BLOCKING, false));
        assertThat(classifier.classify(new Thread("other"))).isEqualTo(Classification.NON_BLOCKING);
    }

    /** Says what it does in its own fields, as workers of cats-effect and ZIO do. */
    static final class Worker extends Thread {
        private boolean blocking;
        private boolean active = true;
    }

    @Test
    void threadThatSaysWhatItDoes_isAskedAtEachMoment() {
        ThreadClassifier classifier = new ThreadClassifier(
                List.of(new ThreadRule(
                        Worker.class.getName(),
                        null,
                        new RoleRule(null, "blocking", "active"),
                        ThreadRule.Duty.MUST_NOT_BLOCK,
                        "test")),
                List.of(),
                List.of());
        Worker worker = new Worker();

        assertThat(classifier.classify(worker)).isEqualTo(Classification.DYNAMIC);
        assertThat(classifier.roleNow(worker)).isEqualTo(StallsightRole.WORKS);
        worker.active = false;
        assertThat(classifier.roleNow(worker)).isEqualTo(StallsightRole.WAITS);
        worker.active = true;
        worker.blocking = true;
        assertThat(classifier.roleNow(worker)).isEqualTo(StallsightRole.LENT);
        worker.active = false;
        assertThat(classifier.roleNow(worker))
                .as("a blocker that is kept for later")
                .isEqualTo(StallsightRole.LENT);
    }
}
