package io.stallsight.engine.stack;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.origin.NamedOrigins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges stacks from a recording, by the same names and rules as calls of a running JVM. Not thread-safe. */
public final class RecordedStacks {

    /**
     * A blocking call.
     *
     * @param site the application frame, or the nearest that there is
     * @param fix null for what its kind says
     */
    public record Call(
            String api,
            Kind kind,
            StackTraceElement site,
            @Nullable String fix) {}

    private final Catalog catalog;
    private final Libraries libraries;
    private final Naming naming;
    private final StackInspector inspector;
    private final LoopSigns signs;
    private final OwnLocks ownLocks;

    /**
     * @param packages the user's own, empty if unknown
     * @param mainClass of the recorded JVM, empty if unknown
     */
    public RecordedStacks(Catalog catalog, List<String> packages, String mainClass) {
        this.catalog = catalog;
        LibraryNames names = new LibraryNames(catalog.libraryPackages());
        libraries = new Libraries(names, new NamedOrigins(mainClass, names::isLibrary)::of, packages);
        naming = new Naming(libraries, catalog);
        inspector = new StackInspector(new FrameRules(catalog.frameRules().stream()
                .filter(rule -> !rule.has(FrameRule.Trait.STRICT_ONLY) && !rule.has(FrameRule.Trait.OWN_LOCK))
                .toList()));
        signs = new LoopSigns(catalog);
        ownLocks = new OwnLocks(catalog, naming, Subclasses.BY_NAME);
    }

    /**
     * Whether a thread with this stack waits for a lock that a library takes for itself.
     *
     * @param kind by the event
     */
    public boolean isOwnLock(Kind kind, List<StackTraceElement> stack) {
        return ownLocks.cover(kind, stack);
    }

    /** Whether nobody is to blame for a virtual thread that keeps its carrier, see {@link Pins}. */
    public boolean isNobodysPin(List<StackTraceElement> stack, String reason) {
        return Pins.isNobodys(stack, reason, isAllowed(stack), naming);
    }

    /** Whether a rule allows to wait, or to compute, with this stack. */
    public boolean isAllowed(List<StackTraceElement> stack) {
        return inspector.inspect(stack.toArray(new StackTraceElement[0])).stack() == null;
    }

    /** What the stack says of its thread. */
    public LoopSigns.Sign sign(List<StackTraceElement> stack) {
        return signs.of(stack);
    }

    /** Whether the thread waits for work; of a loop's thread, as others also select. */
    public boolean isIdle(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            if (signs.isAt(frame, type -> type.isIdle() || type == Point.Type.SELECT)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The call that the stack is in, under the name of the outermost API that a developer recognises; null if a rule
     * allows it, or if it blocks only in blocking mode, which a recording does not have.
     *
     * @param kind the kind by the event
     * @param api its name where the stack has none
     */
    public @Nullable Call call(List<StackTraceElement> recorded, Kind kind, String api) {
        List<StackTraceElement> stack =
                inspector.inspect(recorded.toArray(new StackTraceElement[0])).stack();
        if (stack == null || stack.isEmpty()) {
            return null;
        }
        int site = naming.site(stack);
        Point outermost = null;
        int at = 0;
        boolean onlyInBlockingMode = false;
        Kind inner = null;
        for (int i = 0; i < site; i++) {
            StackTraceElement frame = stack.get(i);
            for (Point point : catalog.pointsOf(frame.getClassName())) {
                if (isAt(point, frame, Point.Type.BLOCKING) || isAt(point, frame, Point.Type.SCOPE)) {
                    if (point.is(Conditions.Flag.ONLY_IN_BLOCKING_MODE)) {
                        onlyInBlockingMode = true;
                    } else {
                        outermost = point;
                        at = i;
                        inner = inner == null ? point.kind() : inner;
                    }
                }
            }
        }
        if (outermost == null) {
            return onlyInBlockingMode ? null : new Call(api, kind, stack.get(site), null);
        }
        Kind pointKind = outermost.kind() != null ? outermost.kind() : inner == null ? kind : inner;
        Naming.Name name = naming.name(outermost, pointKind, stack.subList(at, stack.size()));
        return new Call(name.api(), name.kind(), stack.get(site), name.fix());
    }

    /**
     * Whether the stack begins with the caller of the JDK. From JDK 23 on, events of sockets and files lack the frames
     * of the JDK, and so lack whether a channel was in blocking mode.
     */
    public boolean isWithoutTheJdk(List<StackTraceElement> stack) {
        return !stack.isEmpty() && !libraries.isJdk(stack.get(0).getClassName());
    }

    /** The application frame of a stack, or null if there is none. */
    public @Nullable StackTraceElement site(List<StackTraceElement> stack) {
        if (stack.isEmpty()) {
            return null;
        }
        StackTraceElement site = stack.get(naming.site(stack));
        return naming.blamable(stack).test(site) ? site : null;
    }

    private static boolean isAt(Point point, StackTraceElement frame, Point.Type type) {
        return point.type() == type && point.method().name().equals(frame.getMethodName());
    }
}
