package io.stallsight.engine.detect;

import io.stallsight.api.Kind;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightStates;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVirtualThreads;
import org.jspecify.annotations.Nullable;

/**
 * Decides which threads must not block, by what they are and by what they do, and keeps the engine's record of each.
 * Each method but {@link #forgetAll}, {@link #starting} and {@link #startFailed} runs on the thread that it decides
 * about.
 */
final class LoopThreads {

    private final ThreadClassifier classifier;
    private final PointPolicies pointPolicies;
    private final NonBlockingThreads nonBlocking;
    private final LiveSettings settings;

    LoopThreads(Detection detection) {
        this.classifier = detection.classifier();
        this.pointPolicies = detection.pointPolicies();
        this.nonBlocking = detection.nonBlocking();
        this.settings = detection.settings();
        // linked here: in the middle of a stack overflow it would stay broken
        runDelay(ThreadTimes.currentNativeId()).explains(0, Kind.SLEEP, System.nanoTime(), 0, 1);
    }

    private static RunDelay runDelay(long nativeId) {
        return new RunDelay(() -> ThreadTimes.of(nativeId));
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
            state.mustNotBlock(state.loop() == null ? newLoop(state) : state.loop());
            nonBlocking.add(state.thread(), state);
        } else {
            state.letBlock();
            nonBlocking.remove(state.thread());
        }
    }

    /** A virtual thread has no times of its own: the kernel counts those of its carrier, which runs others as well. */
    private StallsightLoop newLoop(StallsightThread state) {
        Thread thread = state.thread();
        boolean hasTimes = thread == Thread.currentThread() && !StallsightVirtualThreads.isVirtual(thread);
        long nativeId = hasTimes ? ThreadTimes.currentNativeId() : 0;
        if (nativeId != 0) {
            record(state).setRunDelay(runDelay(nativeId));
        }
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

    /** The start of a thread threw an error: it will never run, or has been running before. */
    void startFailed(Thread thread) {
        nonBlocking.removeUnborn(thread);
    }

    /** Forgets a thread that ends; returns its record, or null if it has none. */
    @Nullable
    ThreadRecord ending(StallsightThread state) {
        nonBlocking.remove(state.thread());
        return existingRecord(state);
    }

    ThreadRecord record(StallsightThread state) {
        ThreadRecord record = existingRecord(state);
        if (record == null) {
            record = new ThreadRecord();
            state.setEngineRecord(record);
        }
        return record;
    }

    /** How long the thread was ready without a CPU; null if it may block. */
    static @Nullable RunDelay runDelay(StallsightThread state) {
        ThreadRecord record = existingRecord(state);
        return record == null ? null : record.runDelay();
    }

    static @Nullable ThreadRecord existingRecord(StallsightThread state) {
        return state.engineRecord() instanceof ThreadRecord record ? record : null;
    }

    /** Takes from threads that live on everything that would keep the engine and its loader. */
    void forgetAll() {
        for (StallsightThread state : StallsightStates.all()) {
            state.setEngineRecord(null);
            state.pending().set(null);
            StallsightLoop loop = state.loop();
            if (loop != null) {
                loop.tick().forgetLongestCall();
            }
        }
    }
}
