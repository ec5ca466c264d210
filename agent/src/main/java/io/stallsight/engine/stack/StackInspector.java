package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.rule.FrameRule;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the rules whether a stack is allowed, from the blocking API outwards. The innermost frame that a rule
 * covers decides. If the rule allows, the walk ends there: an allowed call costs the frames up to its rule and no more.
 */
final class StackInspector {

    /** Frames farther out are left out: the site is near the blocking API. */
    private static final int MAX_FRAMES = 512;

    private static final StackWalker WALKER = StackWalker.getInstance();

    /**
     * @param stack without frames of the agent, or null if a rule allows the call
     * @param rule the rule that decided, or null if no rule covers a frame
     */
    record Inspection(
            @Nullable List<StackTraceElement> stack,
            @Nullable FrameRule rule) {}

    private final FrameRules rules;

    StackInspector(FrameRules rules) {
        this.rules = rules;
    }

    /** The decision about the current thread's stack. */
    Inspection inspect() {
        return WALKER.walk(this::inspect);
    }

    /** The decision about a stack that was taken before, also of another thread. */
    Inspection inspect(StackTraceElement[] stack) {
        Walk walk = new Walk();
        List<StackTraceElement> kept = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            String className = frame.getClassName();
            if (AgentFrames.isAgent(className) || isReflection(className)) {
                continue;
            }
            if (walk.isAllowedBy(className, frame.getMethodName())) {
                return new Inspection(null, walk.decided);
            }
            kept.add(frame);
        }
        return new Inspection(kept, walk.decided);
    }

    private Inspection inspect(Stream<StackFrame> frames) {
        Walk walk = new Walk();
        List<StackFrame> kept = new ArrayList<>(64);
        for (Iterator<StackFrame> next = frames.iterator(); next.hasNext() && kept.size() < MAX_FRAMES; ) {
            StackFrame frame = next.next();
            String className = frame.getClassName();
            if (AgentFrames.isAgent(className)) {
                continue;
            }
            if (walk.isAllowedBy(className, frame.getMethodName())) {
                return new Inspection(null, walk.decided);
            }
            kept.add(frame);
        }
        List<StackTraceElement> elements = new ArrayList<>(kept.size());
        for (StackFrame frame : kept) {
            elements.add(frame.toStackTraceElement());
        }
        return new Inspection(elements, walk.decided);
    }

    /** One walk, frame by frame. */
    private final class Walk {

        /** The rule of the innermost frame that has one. */
        private @Nullable FrameRule decided;

        /** Whether all frames so far are the blocking API, so that the next one calls it directly. */
        private boolean calling = true;

        /** Takes the next frame, and returns whether a rule allows the call because of it. */
        boolean isAllowedBy(String className, String method) {
            if (decided != null) {
                return false;
            }
            decided = rules.find(className, method, calling);
            calling = calling && isPartOfApi(className);
            return decided != null && decided.allows();
        }
    }

    /** Frames of reflection are in the stack of a throwable, and missing in that of a {@link StackWalker}. */
    private static boolean isReflection(String className) {
        return className.startsWith("jdk.internal.reflect.")
                || className.equals("java.lang.reflect.Method")
                || className.equals("java.lang.reflect.Constructor");
    }

    /** Whether frames of the class wait, so that the next frame is the caller of the blocking API. */
    static boolean isPartOfApi(String className) {
        return className.equals("java.lang.Object")
                || className.equals("java.lang.Thread")
                || className.equals("jdk.internal.misc.Unsafe")
                || className.startsWith("java.util.concurrent.locks.")
                || className.startsWith("java.util.concurrent.") && className.contains("Queue");
    }
}
