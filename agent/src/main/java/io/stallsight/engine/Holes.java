package io.stallsight.engine;

import io.stallsight.engine.blockhound.MarkedMethods;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Sampler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Logs each hook that did not take, once. Most are known when the JVM's own classes have been woven; those of a library
 * come when it is loaded, so the sampling thread looks for further ones. Thread-safe.
 */
final class Holes implements Sampler {

    private final HookTable hooks;
    private final Consumer<String> log;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** @param log receives one text for all holes that are found at the same time */
    Holes(HookTable hooks, Consumer<String> log) {
        this.hooks = hooks;
        this.log = log;
    }

    @Override
    public void sample(Interval interval) {
        report();
    }

    @Override
    public void finish(long now) {
        report();
    }

    void report() {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (HookTable.Row hole : hooks.takeNewHoles()) {
            boolean isMarked = MarkedMethods.isMarked(hole.point());
            String line = isMarked ? MarkedMethods.describe(hole) : hole.point().hook() + " (" + hole.problem() + ')';
            if (!reported.add(line)) {
                continue; // a method may have several hooks
            }
            if (isMarked) {
                log.accept(line);
            } else {
                text.append("\n    ").append(line);
                number++;
            }
        }
        if (number > 0) {
            log.accept(number + " hooks did not take on this JVM, so calls of these are not seen:" + text);
        }
    }
}
