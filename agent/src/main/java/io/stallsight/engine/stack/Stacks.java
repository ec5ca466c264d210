package io.stallsight.engine.stack;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.FrameRule;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads sampled stacks with the words and rules of blocking calls. Thread-safe. Stacks are innermost first. */
public final class Stacks {

    private final Catalog catalog;
    private final Naming naming;
    private final RuleBook rules;
    private final StackInspector waits;
    private final StackInspector work;
    private final LoopSigns signs;

    public Stacks(Catalog catalog, Naming naming, RuleBook rules, Subclasses subclasses) {
        this.catalog = catalog;
        this.naming = naming;
        this.rules = rules;
        this.work = new StackInspector(new FrameRules(
                catalog.frameRules().stream()
                        .filter(rule -> !rule.has(FrameRule.Trait.STRICT_ONLY) && !rule.has(FrameRule.Trait.OWN_LOCK))
                        .toList(),
                subclasses));
        this.waits = new StackInspector(new FrameRules(catalog.frameRules().stream()
                .filter(rule -> rule.has(FrameRule.Trait.WAIT_FOR_WORK))
                .toList()));
        this.signs = new LoopSigns(catalog);
    }

    /** A stack of this or another thread as people read it: without frames of the agent, and with lines of files. */
    public List<StackTraceElement> readable(StackTraceElement[] stack) {
        return naming.inFiles(AgentFrames.withoutAgent(stack));
    }

    /** The loop of the current thread waits for work for the first time: no line on its stack is at work. */
    public void loopWaits() {
        naming.loopWaits(AgentFrames.withoutAgent(new Throwable().getStackTrace()));
    }

    /** The frame with a line that stands in its file. */
    public StackTraceElement inFile(StackTraceElement frame) {
        return naming.inFile(frame);
    }

    /** The application frame, as blocking calls have it; 0 if there is none. */
    public int site(List<StackTraceElement> stack) {
        return naming.site(stack);
    }

    public boolean isJdk(StackTraceElement frame) {
        return naming.isJdk(frame);
    }

    public boolean isApplication(StackTraceElement frame) {
        return naming.isApplication(frame);
    }

    /**
     * Whether computing with this stack is nobody's doing: the JVM loads, initialises or links, or what else the
     * catalog allows. The user's own rules are about calls that block, and say nothing of computing.
     */
    public boolean isNobodysWork(List<StackTraceElement> stack) {
        return work.inspect(stack.toArray(new StackTraceElement[0])).stack() == null;
    }

    /** Whether waiting with this stack is nobody's doing: a rule allows it. */
    public boolean isNobodysWait(List<StackTraceElement> stack) {
        return rules.allows(stack);
    }

    /**
     * Whether a lock that a thread with this stack waits for is nobody's doing: a rule allows it, or it is a library's
     * own.
     */
    public boolean isNobodysLock(List<StackTraceElement> stack) {
        return rules.allows(stack) || rules.isOwnLock(stack);
    }

    /** Whether nobody is to blame for a virtual thread that keeps its carrier, see {@link Pins}. */
    public boolean isNobodysPin(List<StackTraceElement> stack, String reason) {
        return Pins.isNobodys(stack, reason, rules.allows(stack), naming);
    }

    /** Neither of the JDK nor of a library, or in the packages that the user named. */
    public boolean isOutsideOfLibraries(StackTraceElement frame) {
        return naming.isOutsideOfLibraries(frame.getClassName());
    }

    /**
     * Whether a library that the application called is at the top of the stack, below frames of the JDK. It is not
     * where the application hands its thread to the library ({@code eventLoop.run()}, a wrapper of a thread's task).
     *
     * @param stack innermost frame first, without frames of the agent
     */
    public boolean isCallOfLibrary(List<StackTraceElement> stack) {
        StackTraceElement called = null;
        for (StackTraceElement frame : stack) {
            if (isJdk(frame)) {
                continue;
            }
            if (isOutsideOfLibraries(frame)) {
                return called != null
                        && !called.getMethodName().equals("run")
                        && !called.getMethodName().equals("call");
            }
            called = frame;
        }
        return false;
    }

    /** The frames of a stack that can be blamed. */
    public Predicate<StackTraceElement> blamable(List<StackTraceElement> stack) {
        return naming.blamable(stack);
    }

    /** Whether a thread with this stack waits for work. */
    public boolean isIdle(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            if (signs.isAt(frame, Point.Type::isIdle)) {
                return true;
            }
        }
        return waits.inspect(stack.toArray(new StackTraceElement[0])).rule() != null;
    }

    /** Whether a thread with this stack runs an event loop: its frames say so, whatever else is known of the thread. */
    public boolean runsLoop(List<StackTraceElement> stack) {
        return signs.of(stack) != LoopSigns.Sign.NONE;
    }

    /** The blocking call that a thread with this stack is in, in the words of reports; null if it is in none. */
    public @Nullable String callOn(List<StackTraceElement> stack) {
        int site = naming.site(stack);
        for (int i = 0; i <= site && i < stack.size(); i++) {
            StackTraceElement frame = stack.get(i);
            for (Point point : catalog.pointsOf(frame.getClassName())) {
                Kind kind = point.kind();
                if (kind != null && point.method().name().equals(frame.getMethodName())) {
                    return point.doing() != null && kind != Kind.PARK
                            ? point.doing()
                            : naming.name(point, kind, stack.subList(i, stack.size()))
                                    .api();
                }
            }
        }
        return null;
    }
}
