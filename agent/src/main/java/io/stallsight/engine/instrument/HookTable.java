package io.stallsight.engine.instrument;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.HookStatus.State;
import io.stallsight.hook.StallsightPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Which hook is woven and which is not. The weaver writes on any thread, reports read. */
public final class HookTable {

    /**
     * One line of the table.
     *
     * @param problem why the hook is not woven; null if it is, or may still be
     */
    public record Row(Point point, State state, @Nullable String problem) {

        /** The same as a fact. */
        public HookStatus status() {
            return new HookStatus(point.hook(), point.library(), point.type().name(), state, problem);
        }
    }

    private final List<Point> points;
    private final Map<Point, Row> rows = new ConcurrentHashMap<>();

    /** Holes that {@link #takeNewHoles} has not returned. */
    private final Queue<Row> newHoles = new ConcurrentLinkedQueue<>();

    public HookTable(Catalog catalog) {
        points = catalog.points();
    }

    void woven(Point point) {
        rows.put(point, new Row(point, State.WOVEN, null));
    }

    /** A class has not the method; a hook that is woven in another class of the same name stays woven. */
    void missing(Point point, String problem) {
        Row row = row(point);
        if (row.state != State.WOVEN && point.mustExist()) {
            hole(new Row(point, State.MISSING, problem));
        }
    }

    void failed(Point point, String problem) {
        hole(new Row(point, State.FAILED, problem));
    }

    private void hole(Row row) {
        rows.put(row.point, row);
        newHoles.add(row);
    }

    /** The holes that have been found since the last call. */
    public List<Row> takeNewHoles() {
        List<Row> taken = new ArrayList<>();
        for (Row row = newHoles.poll(); row != null; row = newHoles.poll()) {
            taken.add(row);
        }
        return taken;
    }

    public List<Row> rows() {
        List<Row> all = new ArrayList<>(points.size());
        for (Point point : points) {
            all.add(row(point));
        }
        return all;
    }

    /** All rows as facts. */
    public List<HookStatus> statuses() {
        return rows().stream().map(Row::status).toList();
    }

    Row row(Point point) {
        Row row = rows.get(point);
        return row == null ? new Row(point, State.WAITING, null) : row;
    }

    /** The rows that are a hole. */
    public List<Row> holes() {
        List<Row> holes = new ArrayList<>();
        for (Row row : rows()) {
            if (row.status().isHole()) {
                holes.add(row);
            }
        }
        return holes;
    }

    /** The facts about each point that the hooks need; the index is the point's id. */
    public byte[] flags() {
        List<Point> all = new ArrayList<>(points); // a copy: points may be added meanwhile
        byte[] flags = new byte[all.size() + 1];
        for (Point point : all) {
            int flag = point.is(Conditions.Flag.ONLY_IN_BLOCKING_MODE) ? StallsightPoints.IF_BLOCKING_MODE : 0;
            if (point.subject() != Operands.NO_SUBJECT) {
                flag |= StallsightPoints.DETAILED;
            }
            if (point.type() == Point.Type.SCOPE) {
                flag |= StallsightPoints.SCOPE
                        | (point.is(Conditions.Flag.REFUSE_INSIDE) ? StallsightPoints.REFUSE_INSIDE : 0);
            } else if (point.type().isLoopIdle()) {
                flag |= StallsightPoints.LOOP;
            }
            flags[point.id()] = (byte) flag;
        }
        return flags;
    }
}
