package io.stallsight.engine.detect;

import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which threads must not block, by what they are and by what they do, and keeps the engine's record of each.
 * Each method but {@link #forgetAll} and {@link #starting} runs on the thread that it decides about.
 */
final class LoopThreads {

    private final ThreadClassifier classifier;
    private final PointPolicies pointPolicies;
    private final NonBlockingThreads nonBlocking;
    private final Set<StallsightThread> withRecord = ConcurrentHashMap.newKeySet();
    private final LiveSettings settings;

    LoopThreads(Detection detection) {
        this.classifier = detection.classifier();
        this.pointPolicies = detection.pointPolicies();
        this.nonBlocking = detection.nonBlocking();
        this.settings = detection.settings();
    }

    void classify(StallsightThread state) {
        ThreadRecord record = existingRecord(state);
        ThreadClassifier.Classification known = classifier.classify(state.thread());
        pointPolicies.reconsider(state);
        state.setExcluded(known == ThreadClassifier.Classification.MAY_BLOCK);
        state.setDynamic(known == ThreadClassifier.Classification.DYNAMIC);
        boolean must = known == ThreadClassifier.Classification.NON_BLOCKING
                || known == ThreadClassifier.Classification.DYNAMIC
                || known == ThreadClassifier.Classification.UNKNOWN && record != null && record.isLoop();
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

    /** The thread runs an idle point that only event loops have. */
    void runsLoopPoint(StallsightThread state) {
        record(state).runsLoopPoint();
        setNonBlocking(state, true);
    }

    /** A thread is about to start; returns whether it may block, whatever it does. */
    boolean starting(Thread thread) {
        ThreadClassifier.Classification known = classifier.known(thread);
        if (known == ThreadClassifier.Classification.NON_BLOCKING) {
            nonBlocking.add(thread, null);
        }
        return known == ThreadClassifier.Classification.MAY_BLOCK;
    }

    /** Forgets a thread that ends; returns its record, or null if it has none. */
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

    /** Takes from threads that live on everything that would keep the engine and its loader. */
    void forgetAll() {
        for (StallsightThread state : withRecord) {
            state.setEngineRecord(null);
        }
        withRecord.clear();
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            StallsightLoop loop = entry.ticks();
            if (loop != null) {
                loop.tick().forgetLongestCall();
            }
        }
    }
}
