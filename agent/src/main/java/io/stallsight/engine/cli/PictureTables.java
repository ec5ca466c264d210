package io.stallsight.engine.cli;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.picture.DownstreamHistory;
import io.stallsight.engine.picture.LoopHistory;
import io.stallsight.engine.picture.PoolHistory;
import io.stallsight.engine.picture.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The tables of a picture; each is empty where there is nothing to show. Valid as long as its view. */
final class PictureTables {

    private final View view;
    private final Style style;

    PictureTables(View view, Style style) {
        this.view = view;
        this.style = style;
    }

    List<String> loops(int max) {
        Table table = new Table(
                "LOOP", "STATE", ">LAG p50", ">p99", ">MAX", ">BUSY", ">TICKS", ">LONGEST", ">PENDING", ">CHANNELS");
        return lines(table, view.loops(), max, view.leftLoops(), "loops", this::loop);
    }

    private void loop(Table table, LoopHistory loop) {
        LoopSample last = loop.last();
        table.row(
                last.name(),
                view.state(loop).word(),
                Cells.duration(last.lagP50()),
                Cells.duration(view.isLive() ? last.lagP99() : Math.round(view.maxLagP99(loop))),
                Cells.duration(view.isLive() ? last.lagMax() : Math.round(view.maxLag(loop))),
                Cells.percent(last.utilization()),
                Cells.number(last.ticks()),
                Cells.duration(last.tickMax()),
                Cells.number(last.pending()),
                Cells.number(last.channels()));
    }

    List<String> stalls(int max) {
        Table table = new Table("AT", ">FOR", "LOOP", "CAUSE", "WHERE", "VICTIMS");
        return lines(table, view.stalls(), max, view.leftStalls(), "stalls", this::stall);
    }

    private void stall(Table table, Stall stall) {
        table.row(
                Cells.time(view.start(stall), view.process().zoneId()),
                Cells.duration(stall.nanos()) + (stall.ongoing() ? "+" : ""),
                stall.threadName(),
                stall.cause().words(),
                Cells.at(stall.api(), stall.site()),
                stall.victims().summary());
    }

    List<String> pools(int max) {
        Table table = new Table(
                "POOL", "STATE", ">ACTIVE", ">SIZE", ">MAX", ">QUEUED", ">WAIT p99", ">MAX", ">DONE", ">REJECTED");
        return lines(table, view.pools(), max, view.leftPools(), "pools", this::pool);
    }

    private void pool(Table table, PoolHistory pool) {
        PoolSample last = pool.last();
        table.row(
                last.name(),
                view.state(pool).word(),
                Cells.number(last.active()),
                Cells.number(last.size()),
                Cells.number(last.max()),
                Cells.number(last.queued()),
                Cells.duration(last.waitP99()),
                Cells.duration(last.waitMax()),
                Cells.number(last.completed()),
                Cells.number(last.rejected()));
    }

    List<String> exhaustions() {
        Table table = new Table("AT", ">FOR", "POOL", "WORKERS");
        return lines(
                table, view.exhaustions(), Integer.MAX_VALUE, view.leftExhaustions(), "exhaustions", this::exhaustion);
    }

    private void exhaustion(Table table, PoolExhaustion exhaustion) {
        table.row(
                Cells.time(view.start(exhaustion), view.process().zoneId()),
                Cells.duration(exhaustion.nanos()),
                exhaustion.name(),
                exhaustion.details());
    }

    List<String> downstreams(int max) {
        Table table = new Table(
                "DOWNSTREAM", ">CONNECTIONS", ">PEAK", ">CONNECTS", ">FAILED", ">REQUESTS", ">PEAK", ">FAILED");
        return lines(table, view.downstreams(), max, view.leftDownstreams(), "downstreams", this::downstream);
    }

    private void downstream(Table table, DownstreamHistory downstream) {
        DownstreamSample last = downstream.last();
        table.row(
                view.shape().downstream(last.name()),
                Cells.number(last.connections().now()),
                Cells.number(last.connections().highWater()),
                Cells.number(last.connections().begun()),
                Cells.number(last.connections().failed()),
                Cells.number(last.requests().now()),
                Cells.number(last.requests().highWater()),
                Cells.number(last.requests().failed()));
    }

    /** @param left how many there are besides {@code all} */
    private <T> List<String> lines(
            Table table, List<T> all, int max, int left, String plural, BiConsumer<Table, T> row) {
        all.stream().limit(max).forEach(each -> row.accept(table, each));
        if (table.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.set(0, style.faint(lines.get(0)));
        PictureText.rest(lines, Math.max(0, all.size() - max) + left, plural);
        return lines;
    }
}
