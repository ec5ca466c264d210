package io.stallsight.engine.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one JVM. Sources put rows in; {@link PictureJson} and {@link Verdict} take views out. Thread-safe;
 * who adds waits only while somebody takes a view. Bounded: at most {@value #MOST_LOOPS} loops, {@value #MOST_POOLS}
 * pools, {@value #MOST_DOWNSTREAMS} downstreams, {@value #MOST_FINDINGS} findings, {@value #MOST_STALLS} stalls,
 * {@value #MOST_NOTICES} notices, each with the columns of the last hour: 22 MB if all of it is there.
 */
public final class Picture {

    /** Where the rows come from. */
    public enum Source {
        LIVE("live"),
        RECORDING("recording");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static final int MOST_LOOPS = 256;
    static final int MOST_POOLS = 1_000;
    static final int MOST_DOWNSTREAMS = 200;
    static final int MOST_FINDINGS = 500;
    static final int MOST_STALLS = 500;
    static final int MOST_NOTICES = 100;
    static final int MOST_EXHAUSTIONS = 100;

    /** What has not been heard of for so many intervals is gone. */
    private static final int GONE_INTERVALS = 4;

    final Source source;
    final Scale scale;
    final long interval;
    private final Supplier<ProcessRow> process;
    private final Entries<Entry.Loop> loops;
    private final Entries<Entry.Pool> pools;
    private final Entries<Entry.Downstream> downstreams;
    private final Map<String, Entry.Site> findings = new LinkedHashMap<>();
    private final Map<String, Changed<StallRow>> stalls = new LinkedHashMap<>();
    private final Map<String, Changed<ExhaustionRow>> exhaustions = new LinkedHashMap<>();
    private final Deque<Changed<NoticeRow>> notices = new ArrayDeque<>();
    private @Nullable HooksRow hooks;
    private @Nullable AgentRow agent;
    private long began;
    private long now;
    private long leftFindings;

    /** Something, and when the picture heard of it last. */
    record Changed<T>(T row, long at) {}

    private Picture(Source source, Scale scale, long interval, Supplier<ProcessRow> process) {
        this.source = source;
        this.scale = scale;
        this.interval = interval;
        this.process = process;
        // of a recording nothing is forgotten
        long kept = source == Source.LIVE ? scale.span() : Long.MAX_VALUE / 2;
        long gone = source == Source.LIVE ? GONE_INTERVALS * interval : Long.MAX_VALUE / 2;
        this.loops = new Entries<>(MOST_LOOPS, kept, gone);
        this.pools = new Entries<>(MOST_POOLS, kept, gone);
        this.downstreams = new Entries<>(MOST_DOWNSTREAMS, kept, gone);
    }

    /**
     * Of a running JVM.
     *
     * @param interval between two samples, milliseconds
     * @param process asked for each view
     */
    public static Picture live(long interval, Supplier<ProcessRow> process) {
        return new Picture(Source.LIVE, Scale.live(interval), interval, process);
    }

    /**
     * Of a recording.
     *
     * @param from milliseconds since 1970
     * @param to its end
     */
    public static Picture ofRecording(long from, long to, ProcessRow process) {
        Scale scale = Scale.recording(to - from);
        Picture picture =
                new Picture(Source.RECORDING, scale, scale.resolutions().get(0).step(), () -> process);
        picture.began = from;
        picture.now = to;
        return picture;
    }

    /** Time has come so far, milliseconds since 1970; once an interval. A recording's is set by its length. */
    public synchronized void now(long time) {
        heard(time);
        loops.now(now);
        pools.now(now);
        downstreams.now(now);
    }

    /** @param time milliseconds since 1970, as everywhere */
    public synchronized void loop(long time, LoopRow row) {
        heard(time);
        Entry.Loop loop = loops.at(row.id(), () -> new Entry.Loop(row, scale));
        if (loop != null) {
            loop.add(time, row);
        }
    }

    public synchronized void pool(long time, PoolRow row) {
        heard(time);
        Entry.Pool pool = pools.at(row.id(), () -> new Entry.Pool(row, scale));
        if (pool != null) {
            pool.add(time, row);
        }
    }

    public synchronized void downstream(long time, DownstreamRow row) {
        heard(time);
        Entry.Downstream downstream = downstreams.at(row.id(), () -> new Entry.Downstream(row, scale));
        if (downstream != null) {
            downstream.add(time, row);
        }
    }

    public synchronized void call(CallRow row) {
        heard(row.time());
        Entry.Site site = findings.get(row.fingerprint());
        if (site == null) {
            if (findings.size() >= MOST_FINDINGS) {
                leftFindings++;
                return;
            }
            site = new Entry.Site(row, scale);
            findings.put(row.fingerprint(), site);
        }
        Entry.Loop loop = loops.get(row.thread());
        site.add(row, loop == null ? 0 : loop.row.waiting());
        site.changed = now;
    }

    public synchronized void stall(StallRow row) {
        heard(row.end());
        put(stalls, row.id(), row, MOST_STALLS);
    }

    public synchronized void exhausted(ExhaustionRow row) {
        heard(row.end());
        put(exhaustions, row.id(), row, MOST_EXHAUSTIONS);
    }

    public synchronized void notice(NoticeRow row) {
        heard(row.time());
        notices.addFirst(new Changed<>(row, now));
        if (notices.size() > MOST_NOTICES) {
            notices.removeLast();
        }
    }

    public synchronized void hooks(HooksRow row) {
        hooks = row;
    }

    public synchronized void agent(AgentRow row) {
        agent = row;
    }

    /** Forgets everything that was put in. */
    public synchronized void reset() {
        loops.clear();
        pools.clear();
        downstreams.clear();
        findings.clear();
        stalls.clear();
        exhaustions.clear();
        notices.clear();
        leftFindings = 0;
        began = now;
    }

    /** Milliseconds since 1970 up to which the picture goes. */
    public synchronized long now() {
        return now;
    }

    private void heard(long time) {
        if (source == Source.LIVE) {
            began = began == 0 ? time : began;
            now = Math.max(now, time);
        }
    }

    private <T> void put(Map<String, Changed<T>> into, String id, T row, int most) {
        into.remove(id); // so that it is the newest
        into.put(id, new Changed<>(row, now));
        if (into.size() > most) {
            Iterator<String> oldest = into.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    // ---- views, for who holds the lock

    /** Runs with the picture standing still; must not wait for anything. */
    synchronized void view(Consumer<View> taker, PictureQuery query) {
        taker.accept(new View(query));
    }

    /** The picture as it is asked for. Valid only inside of {@link #view}. */
    final class View {
        final ProcessRow process = Picture.this.process.get();
        final long now = Picture.this.now;
        final int resolution;
        final long step;

        /** Number of the first column and of the one after the last. */
        final long first;

        final long end;

        /** Number of the first column of the range, also where only a part of them is asked for. */
        final long rangeFirst;

        /** The time from which on things are shown. */
        final long from;

        final long since;

        private View(PictureQuery query) {
            long known = Math.max(now - began, 1);
            long range = Math.min(query.range(), source == Source.RECORDING ? known : scale.span());
            resolution = scale.of(range);
            Scale.Resolution columns = scale.resolutions().get(resolution);
            step = columns.step();
            end = columns.column(now) + 1;
            since = query.since();
            long oldest = Math.max(columns.column(now - range) + 1, end - columns.slots());
            rangeFirst = source == Source.RECORDING ? Math.max(columns.column(began), end - columns.slots()) : oldest;
            first = Math.max(rangeFirst, columns.column(since));
            from = source == Source.RECORDING ? began : now - range;
        }

        boolean isDelta() {
            return since != 0;
        }

        Source source() {
            return source;
        }

        List<Entry.Loop> loops() {
            List<Entry.Loop> all = shown(loops.all());
            all.sort(Comparator.comparing((Entry.Loop loop) -> loop.row.group())
                    .thenComparing(loop -> loop.row.id(), NumbersAware.ORDER));
            return all;
        }

        /** The fullest first. */
        List<Entry.Pool> pools() {
            List<Entry.Pool> all = shown(pools.all());
            all.sort(Comparator.comparing((Entry.Pool pool) -> PoolState.of(this, pool))
                    .reversed()
                    .thenComparing(pool -> -pool.row.saturation())
                    .thenComparing(pool -> pool.row.id(), NumbersAware.ORDER));
            return all;
        }

        List<Entry.Downstream> downstreams() {
            List<Entry.Downstream> all = shown(downstreams.all());
            all.sort(Comparator.comparingInt((Entry.Downstream each) -> -each.row.inFlight())
                    .thenComparing(each -> each.row.id()));
            return all;
        }

        /** By harm, then by time taken. */
        List<Entry.Site> findings() {
            List<Entry.Site> all = new ArrayList<>();
            for (Entry.Site site : findings.values()) {
                if (site.lastSeen >= from && site.changed >= since) {
                    all.add(site);
                }
            }
            all.sort(Comparator.comparingDouble((Entry.Site site) -> -site.harm)
                    .thenComparing(site -> -site.durations.total()));
            return all;
        }

        /** Newest first. */
        List<StallRow> stalls() {
            List<StallRow> all = changed(stalls.values());
            all.removeIf(stall -> stall.end() < from);
            all.sort(Comparator.comparingLong((StallRow stall) -> -stall.start()));
            return all;
        }

        /** All of the range, whatever is asked for; the verdict needs them. */
        List<StallRow> stallsOfRange() {
            List<StallRow> all = new ArrayList<>();
            for (Changed<StallRow> stall : stalls.values()) {
                if (stall.row.end() >= from) {
                    all.add(stall.row);
                }
            }
            return all;
        }

        List<Entry.Site> findingsOfRange() {
            List<Entry.Site> all = new ArrayList<>(findings.values());
            all.removeIf(site -> site.lastSeen < from);
            return all;
        }

        boolean hasFinding(String fingerprint) {
            Entry.Site site = findings.get(fingerprint);
            return site != null && site.lastSeen >= from;
        }

        List<ExhaustionRow> exhaustions() {
            List<ExhaustionRow> all = changed(exhaustions.values());
            all.removeIf(each -> each.end() < from);
            all.sort(Comparator.comparingLong((ExhaustionRow each) -> -each.start()));
            return all;
        }

        @Nullable
        ExhaustionRow exhaustionOf(String pool) {
            ExhaustionRow found = null;
            for (Changed<ExhaustionRow> each : exhaustions.values()) {
                if (each.row.pool().equals(pool)
                        && each.row.end() >= from
                        && (found == null || each.row.end() >= found.end())) {
                    found = each.row;
                }
            }
            return found;
        }

        List<NoticeRow> notices() {
            List<NoticeRow> all = changed(notices);
            all.removeIf(notice -> notice.time() < from);
            return all;
        }

        List<NoticeRow> noticesOfRange() {
            List<NoticeRow> all = new ArrayList<>();
            for (Changed<NoticeRow> each : notices) {
                if (each.row.time() >= from) {
                    all.add(each.row);
                }
            }
            return all;
        }

        @Nullable
        HooksRow hooks() {
            return hooks;
        }

        @Nullable
        AgentRow agent() {
            return agent;
        }

        long leftFindings() {
            return leftFindings;
        }

        int leftLoops() {
            return loops.left();
        }

        int leftPools() {
            return pools.left();
        }

        int leftDownstreams() {
            return downstreams.left();
        }

        /** Whether nothing has been heard of it lately: its thread or pool has ended. */
        boolean isGone(Entry entry) {
            return entry.lastSeen < now - GONE_INTERVALS * interval;
        }

        /** Those of the range, whatever is asked for. */
        List<Entry.Loop> loopsOfRange() {
            List<Entry.Loop> all = new ArrayList<>(loops.all());
            all.removeIf(loop -> loop.lastSeen < from);
            return all;
        }

        private <E extends Entry> List<E> shown(Collection<E> entries) {
            List<E> all = new ArrayList<>(entries);
            all.removeIf(entry -> entry.lastSeen < Math.max(from, since));
            return all;
        }

        private <T> List<T> changed(Collection<Changed<T>> all) {
            List<T> rows = new ArrayList<>();
            for (Changed<T> each : all) {
                if (each.at >= since) {
                    rows.add(each.row);
                }
            }
            return rows;
        }
    }
}
