package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.Point;
import io.stallsight.hook.StallsightHook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Which hook took and which did not. Written by the weaver on any thread, read by reports. */
public final class HookTable {

    /** State of one hook. */
    public enum State {
        /** The class was not loaded so far. */
        WAITING,
        WOVEN,
        /** The class is there, the method is not (or has no body and no stand-in). */
        MISSING,
        /** The JVM refused the woven class. */
        FAILED
    }

    /**
     * One line of the table.
     *
     * @param problem what went wrong, or null
     */
    public record Row(Point point, State state, @Nullable String problem) {}

    private final List<Point> points;
    private final AtomicReferenceArray<Row> rows;

    public HookTable(Catalog catalog) {
        points = catalog.points();
        rows = new AtomicReferenceArray<>(points.size());
        for (Point point : points) {
            rows.set(point.id() - 1, new Row(point, State.WAITING, null));
        }
    }

    void woven(Point point) {
        rows.set(point.id() - 1, new Row(point, State.WOVEN, null));
    }

    /** A class without the method; a hook that took in another class of the same name stays woven. */
    void missing(Point point, String problem) {
        Row row = rows.get(point.id() - 1);
        if (row.state != State.WOVEN && point.mustExist()) {
            rows.set(point.id() - 1, new Row(point, State.MISSING, problem));
        }
    }

    void failed(Point point, String problem) {
        rows.set(point.id() - 1, new Row(point, State.FAILED, problem));
    }

    public List<Row> rows() {
        List<Row> all = new ArrayList<>(rows.length());
        for (int i = 0; i < rows.length(); i++) {
            all.add(rows.get(i));
        }
        return all;
    }

    /** The rows that are a hole. */
    public List<Row> holes() {
        List<Row> holes = new ArrayList<>();
        for (Row row : rows()) {
            if (row.state == State.MISSING || row.state == State.FAILED) {
                holes.add(row);
            }
        }
        return holes;
    }

    /** What the hooks need to know of each point without asking the engine; index is the id. */
    public byte[] flags() {
        byte[] flags = new byte[points.size() + 1];
        for (Point point : points) {
            int flag = point.onlyInBlockingMode() ? StallsightHook.IF_BLOCKING_MODE : 0;
            if (point.subject() != Point.NO_SUBJECT) {
                flag |= StallsightHook.TELLING;
            }
            if (point.type() == Point.Type.SCOPE) {
                flag |= StallsightHook.SCOPE | (point.refuseInside() ? StallsightHook.REFUSE_INSIDE : 0);
            } else if (point.type() == Point.Type.LOOP) {
                flag |= StallsightHook.LOOP;
            }
            flags[point.id()] = (byte) flag;
        }
        return flags;
    }
}
