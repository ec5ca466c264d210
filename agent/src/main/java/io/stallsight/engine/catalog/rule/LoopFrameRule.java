package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;

/**
 * Frames that decide whether a select below them makes its thread an event loop.
 *
 * @param verdict what the first select below the frames means
 */
public record LoopFrameRule(FrameRule frames, Verdict verdict) implements Rule {

    /** What a select below certain frames says about its thread. */
    public enum Verdict {
        /** The thread is an event loop from the first select on; other threads are from the second. */
        LOOP,
        /** The thread is no event loop, however often it selects there. */
        NO_LOOP
    }

    public static List<LoopFrameRule> read(CatalogEntry entry) {
        Verdict verdict = entry.flag("not", false) ? Verdict.NO_LOOP : Verdict.LOOP;
        return entry.requiredFrames("frames").stream()
                .map(frames -> new LoopFrameRule(FrameRule.allow(frames, entry.reason(), entry.library()), verdict))
                .toList();
    }
}
