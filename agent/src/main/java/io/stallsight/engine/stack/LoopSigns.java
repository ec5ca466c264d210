package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import java.util.List;
import java.util.function.Predicate;

/** Says from the frames of a stack whether its thread runs an event loop. Thread-safe. */
public final class LoopSigns {

    /** The sign that a stack gives about its thread. */
    public enum Sign {
        NONE,
        /** It runs a method that only loops run. */
        LOOP,
        /** It selects: a loop, if it does so again and again. */
        SELECTS
    }

    private final Catalog catalog;
    private final FrameRules loops;
    private final FrameRules notLoops;

    public LoopSigns(Catalog catalog) {
        this.catalog = catalog;
        this.loops = new FrameRules(catalog.loops());
        this.notLoops = new FrameRules(catalog.notLoops());
    }

    /** Frames that only loops have decide; a select counts unless it is below a frame of which no loop selects. */
    public Sign of(List<StackTraceElement> stack) {
        boolean selects = false;
        boolean isNoLoop = false;
        for (StackTraceElement frame : stack) {
            if (matches(loops, frame) || isAt(frame, type -> type.isLoopIdle() || type == Point.Type.LOOP_BEGIN)) {
                return Sign.LOOP;
            }
            selects |= isAt(frame, type -> type == Point.Type.SELECT);
            isNoLoop |= matches(notLoops, frame);
        }
        return selects && !isNoLoop ? Sign.SELECTS : Sign.NONE;
    }

    /** Whether the frame is a method that has a point of this type. */
    boolean isAt(StackTraceElement frame, Predicate<Point.Type> type) {
        for (Point point : catalog.pointsOf(frame.getClassName())) {
            if (type.test(point.type()) && point.method().name().equals(frame.getMethodName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(FrameRules rules, StackTraceElement frame) {
        return rules.find(frame.getClassName(), frame.getMethodName(), false) != null;
    }
}
