package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.FrameRule;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks the stack of the current thread from the blocking API outwards. The innermost frame that a rule is about
 * decides; if it allows, the walk ends there, so that an allowed call costs only the frames up to its rule.
 */
final class StackInspector {

    /** Deeper stacks are cut: what is blamed is near the top. */
    private static final int DEPTH = 512;

    private static final StackWalker WALKER = StackWalker.getInstance();

    /**
     * @param stack without frames of the agent, or null if a rule allows the call
     * @param rule the rule that decided, or null if none is about the stack
     */
    record Inspection(
            @Nullable List<StackTraceElement> stack,
            @Nullable FrameRule rule) {}

    private final FrameRules rules;

    StackInspector(FrameRules rules) {
        this.rules = rules;
    }

    /** The decision for the stack of the current thread. */
    Inspection inspect() {
        return WALKER.walk(this::inspect);
    }

    /** The same decision for a stack that was taken of another thread. */
    Inspection inspect(StackTraceElement[] stack) {
        List<StackTraceElement> kept = new ArrayList<>();
        @Nullable FrameRule decided = null;
        boolean calling = true;
        for (StackTraceElement frame : stack) {
            if (AgentFrames.isAgent(frame.getClassName()) || isReflection(frame.getClassName())) {
                continue;
            }
            if (decided == null) {
                FrameRule rule = rules.find(frame.getClassName(), frame.getMethodName(), calling);
                if (rule != null) {
                    if (rule.allows()) {
                        return new Inspection(null, rule);
                    }
                    decided = rule;
                }
                calling = calling && isPartOfApi(frame.getClassName());
            }
            kept.add(frame);
        }
        return new Inspection(kept, decided);
    }

    private Inspection inspect(Stream<StackFrame> frames) {
        List<StackFrame> kept = new ArrayList<>(64);
        @Nullable FrameRule decided = null;
        boolean calling = true;
        for (Iterator<StackFrame> walk = frames.iterator(); walk.hasNext() && kept.size() < DEPTH; ) {
            StackFrame frame = walk.next();
            String className = frame.getClassName();
            if (AgentFrames.isAgent(className)) {
                continue;
            }
            if (decided == null) {
                FrameRule rule = rules.find(className, frame.getMethodName(), calling);
                if (rule != null) {
                    if (rule.allows()) {
                        return new Inspection(null, rule);
                    }
                    decided = rule;
                }
                calling = calling && isPartOfApi(className);
            }
            kept.add(frame);
        }
        List<StackTraceElement> elements = new ArrayList<>(kept.size());
        for (StackFrame frame : kept) {
            elements.add(frame.toStackTraceElement());
        }
        return new Inspection(elements, decided);
    }

    /** A throwable has them, a {@link StackWalker} leaves them out. */
    private static boolean isReflection(String className) {
        return className.startsWith("jdk.internal.reflect.")
                || className.equals("java.lang.reflect.Method")
                || className.equals("java.lang.reflect.Constructor");
    }

    /** Frames that are the waiting itself, so that the next one is the caller. */
    private static boolean isPartOfApi(String className) {
        return className.equals("java.lang.Object")
                || className.equals("java.lang.Thread")
                || className.startsWith("java.util.concurrent.locks.")
                || className.startsWith("java.util.concurrent.") && className.contains("Queue");
    }
}
