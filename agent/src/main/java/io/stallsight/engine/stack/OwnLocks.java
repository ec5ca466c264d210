package io.stallsight.engine.stack;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.origin.PackageRoot;
import io.stallsight.frame.FramePattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Distinguishes the locks that libraries take for themselves from those that the application takes or makes a library
 * take. Immutable.
 *
 * <p><b>Problem.</b> Schedulers, selectors and pools guard a few instructions with a lock. On a busy machine its owner
 * may lose the CPU meanwhile, and a loop waits for 10 ms. No line of the application is to blame, and none could be
 * better. But a lock that the application takes, or a driver that it calls, is what reports are for.
 *
 * <p><b>Algorithm.</b> The frames from the wait outwards, up to the application's first: if a rule with
 * {@link FrameRule.Trait#OWN_LOCK} covers one of them, the lock is a library's own. So it is below each hand-over of
 * work that the catalog knows, as a hand-over never waits for the work. And so it is if the stack has no frame of the
 * application at all, as the libraries met among themselves. A long wait of a loop is still a stall whose cause is a
 * lock.
 *
 * <p>A framework calls a handler of the application, the handler calls the framework to answer, and there the framework
 * takes a lock that its loops share. No rule names these locks. If another loop has the lock, a caller may excuse the
 * wait: {@link #areOfTheCallingFramework}. What that loop does meanwhile is observed there. If any other thread has the
 * lock, the wait is a finding, as the framework may run code of the application under its lock.
 */
final class OwnLocks {

    private final FrameRules rules;
    private final Naming naming;

    OwnLocks(Catalog catalog, Naming naming, Subclasses subclasses) {
        List<FrameRule> all = new ArrayList<>();
        for (FrameRule rule : catalog.frameRules()) {
            if (rule.has(FrameRule.Trait.OWN_LOCK)) {
                all.add(rule);
            }
        }
        for (Point point : catalog.points()) {
            if (isHandOver(point.type())) {
                all.add(FrameRule.allow(
                        FramePattern.ofMethod(point.owner(), point.method().name()), "a hand-over", point.library()));
            }
        }
        rules = new FrameRules(all, subclasses);
        this.naming = naming;
    }

    private static boolean isHandOver(Point.Type type) {
        return switch (type) {
            case QUEUE, OFFER, HAND, CARRY, SHARE -> true;
            default -> false;
        };
    }

    /**
     * Whether the call waits for a lock, and the lock is a library's own.
     *
     * @param kind of the woven point or of the event, before the API that people know names it
     * @param stack of the call, innermost frame first, without frames of the agent
     */
    boolean cover(Kind kind, List<StackTraceElement> stack) {
        return (kind == Kind.MONITOR || naming.wait(kind, stack) == Kind.LOCK) && cover(stack);
    }

    /** @param stack of a thread that waits for a lock, innermost frame first, without frames of the agent */
    boolean cover(List<StackTraceElement> stack) {
        boolean calling = true;
        for (StackTraceElement frame : stack) {
            String className = frame.getClassName();
            if (rules.find(className, frame.getMethodName(), calling) != null) {
                return true;
            }
            if (naming.isOutsideOfLibraries(className)) {
                return false;
            }
            calling = calling && StackInspector.isPartOfApi(className);
        }
        return true;
    }

    /**
     * Whether the library that takes the lock also calls the application's code which leads there.
     *
     * @param stack of a thread that waits for a lock, innermost frame first, without frames of the agent
     */
    boolean areOfTheCallingFramework(List<StackTraceElement> stack) {
        String taker = null;
        boolean isCaller = false;
        for (StackTraceElement frame : stack) {
            String className = frame.getClassName();
            if (naming.isJdk(frame)) {
                continue;
            }
            if (naming.isOutsideOfLibraries(className)) {
                if (taker == null) {
                    return false;
                }
                isCaller = true;
            } else if (taker == null) {
                taker = PackageRoot.ofClass(className);
            } else if (isCaller && taker.equals(PackageRoot.ofClass(className))) {
                return true;
            }
        }
        return false;
    }
}
