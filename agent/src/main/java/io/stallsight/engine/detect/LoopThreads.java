package io.stallsight.engine.detect;

import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which threads must not block, by what they are and by what they do, and the engine's record of each. What is decided
 * about a thread is decided on it.
 */
final class LoopThreads {

    private final ThreadClassifier classifier;
    private final AskedPolicies asked;
    private final NonBlockingThreads nonBlocking;
    private final Set<StallsightThread> withRecord = ConcurrentHashMap.newKeySet();
    private final LiveSettings settings;

    LoopThreads(Detection detection) {
        this.classifier = detection.classifier();
        this.asked = detection.asked();
        this.nonBlocking = detection.nonBlocking();
        this.settings = detection.settings();
    }

    void classify(StallsightThread state) {
        ThreadRecord record = existingRecord(state);
        ThreadClassifier.Verdict verdict = classifier.classify(state.thread());
        asked.reconsider(state);
        state.setExcluded(verdict == ThreadClassifier.Verdict.MAY_BLOCK);
        state.setDynamic(verdict == ThreadClassifier.Verdict.DYNAMIC);
        boolean must = verdict == ThreadClassifier.Verdict.NON_BLOCKING
                || verdict == ThreadClassifier.Verdict.DYNAMIC
                || verdict == ThreadClassifier.Verdict.UNKNOWN && record != null && record.isLoop();
        setNonBlocking(state, must);
    }

    void setNonBlocking(StallsightThread state, boolean must) {
        if (must) {
            state.mustNotBlock(state.loop() == null ? newLoop(state.thread()) : state.loop());
            nonBlocking.add(state.thread(), state);
        } else {
            state.letBlock();
            nonBlocking.remove(state.thread());
        }
    }

    private StallsightLoop newLoop(Thread thread) {
        long nativeId = thread == Thread.currentThread() ? ThreadTimes.currentNativeId() : 0;
        return new StallsightLoop(nativeId, settings.get().stall());
    }

    /** The thread does what only event loops do. */
    void runsLoopPoint(StallsightThread state) {
        record(state).runsLoopPoint();
        setNonBlocking(state, true);
    }

    /** Returns whether the thread might not become a loop whatever it does. */
    boolean starting(Thread thread) {
        ThreadClassifier.Verdict verdict = classifier.known(thread);
        if (verdict == ThreadClassifier.Verdict.NON_BLOCKING) {
            nonBlocking.add(thread, null);
        }
        return verdict == ThreadClassifier.Verdict.MAY_BLOCK;
    }

    /** Forgets a thread that ends; returns what was known of it. */
    @Nullable
    ThreadRecord ending(StallsightThread state) {
        nonBlocking.remove(state.thread());
        ThreadRecord record = existingRecord(state);
        if (record != null) {
            withRecord.remove(state);
        }
        return record;
    }

    ThreadRecord record(StallsightThread state) {
        ThreadRecord record = existingRecord(state);
        if (record == null) {
            record = new ThreadRecord();
            state.setEngineRecord(record);
            withRecord.add(state);
        }
        return record;
    }

    static @Nullable ThreadRecord existingRecord(StallsightThread state) {
        return state.engineRecord() instanceof ThreadRecord record ? record : null;
    }

    /** Drops what threads that live on would keep of the engine and its loader. */
    void forgetAll() {
        for (StallsightThread state : withRecord) {
            state.setEngineRecord(null);
        }
        withRecord.clear();
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop != null) {
                loop.forgetLongestCall();
            }
        }
    }
}
