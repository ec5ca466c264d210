package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import io.stallsight.frame.FramePattern;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Allows or disallows blocking below certain frames.
 *
 * @param frames the frames that the rule covers
 * @param effect whether blocking is allowed below them
 * @param traits what is special about the rule; empty for most
 * @param reason why, for people
 * @param source the file or option that the rule comes from
 */
public record FrameRule(FramePattern frames, Effect effect, Set<Trait> traits, String reason, String source)
        implements Rule {

    /** What the rule decides about a blocking call below its frames. */
    public enum Effect {
        ALLOW,
        DISALLOW
    }

    /** What is special about a rule. */
    public enum Trait {
        /** The rule only decides where the frame itself calls the blocking API. */
        DIRECT,
        /** The call waits for the next piece of work: the tick of a loop ends before it. */
        WAIT_FOR_WORK,
        /** Only strict mode follows the rule; observe mode measures and reports the call. */
        STRICT_ONLY,
        /** The rule covers the same methods of each subclass of its class as well, whatever the subclass is called. */
        OVERRIDES,
        /** The rule only decides about locks that its frames take, or library code that they call: they are short. */
        OWN_LOCK
    }

    public FrameRule {
        traits = Set.copyOf(traits);
    }

    public static List<FrameRule> read(CatalogEntry entry, Effect effect) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (entry.flag("direct", false)) {
            traits.add(Trait.DIRECT);
        }
        if (entry.flag("waits", false)) {
            traits.add(Trait.WAIT_FOR_WORK);
        }
        if (entry.flag("strictOnly", false)) {
            traits.add(Trait.STRICT_ONLY);
        }
        if (entry.flag("overrides", false)) {
            traits.add(Trait.OVERRIDES);
        }
        if (entry.flag("ownLock", false)) {
            traits.add(Trait.OWN_LOCK);
        }
        return entry.requiredFrames("frames").stream()
                .map(frames -> new FrameRule(frames, effect, traits, entry.reason(), entry.library()))
                .toList();
    }

    public static FrameRule allow(FramePattern frames, String reason, String source) {
        return new FrameRule(frames, Effect.ALLOW, Set.of(), reason, source);
    }

    public static FrameRule disallow(FramePattern frames, String reason, String source) {
        return new FrameRule(frames, Effect.DISALLOW, Set.of(), reason, source);
    }

    /** The same rule with one more trait. */
    public FrameRule with(Trait trait) {
        Set<Trait> all = new HashSet<>(traits);
        all.add(trait);
        return new FrameRule(frames, effect, all, reason, source);
    }

    public boolean allows() {
        return effect == Effect.ALLOW;
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Written out: the JVM would link a record's own equality on the loop that is allowed a call first. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FrameRule that
                && frames.equals(that.frames)
                && effect == that.effect
                && traits.equals(that.traits)
                && reason.equals(that.reason)
                && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * frames.hashCode() + reason.hashCode()) + source.hashCode();
    }
}
