package io.stallsight.engine.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.stallsight.text.DurationText;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The picture in a terminal: what docs/api.md says is in it, the verdict first. */
final class PictureText {

    private static final int MOST_FINDINGS = 10;
    private static final int MOST_STALLS = 10;
    private static final int MOST_LOOPS = 64;
    private static final int MOST_POOLS = 20;
    private static final int STACK_LINES = 6;

    /** As wide as the word before the verdict. */
    private static final String INDENT = "     ";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final JsonObject picture;
    private final Style style;

    /** @param json as {@code PictureJson} writes it */
    PictureText(String json, Style style) {
        try {
            picture = JsonParser.object().from(json);
        } catch (JsonParserException e) {
            throw new IllegalStateException(e);
        }
        this.style = style;
    }

    boolean isWell() {
        return verdict().getString("level").equals("ok");
    }

    /** Everything, once. */
    List<String> report(List<String> facts, List<String> limits) {
        List<String> lines = new ArrayList<>(verdictLines(Integer.MAX_VALUE));
        lines.add(style.faint(subject()));
        facts.forEach(fact -> lines.add(style.faint(fact)));
        section(lines, "Loops", loops(MOST_LOOPS));
        section(lines, "Stalls", stalls(MOST_STALLS));
        section(lines, "Blocking calls, by harm", findings(MOST_FINDINGS, true));
        section(lines, "Pools", pools(MOST_POOLS));
        section(lines, "Exhausted pools", exhaustions());
        section(lines, "Downstreams", downstreams(MOST_POOLS));
        section(lines, "Notices", notices());
        if (!limits.isEmpty()) {
            section(lines, "What this recording does not tell", limits);
        }
        return lines;
    }

    /** What fits a screen; the verdict is wrapped, all other lines are left to be clipped. */
    List<String> screen(int height, int width) {
        List<String> lines = new ArrayList<>(verdictLines(width));
        lines.add(style.faint(subject()));
        int room = Math.max(3, (height - lines.size() - 10) / 3);
        section(lines, "Loops", loops(room));
        section(lines, "Blocking calls, by harm", findings(room, false));
        section(lines, "Pools", pools(room));
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(title);
            content.forEach(line -> lines.add("  " + line));
        }
    }

    private JsonObject verdict() {
        return picture.getObject("verdict");
    }

    private List<String> verdictLines(int width) {
        String level = verdict().getString("level");
        String word = switch (level) {
            case "bad" -> style.red(style.bold("BAD  "));
            case "warn" -> style.yellow(style.bold("WARN "));
            default -> style.green(style.bold("OK   "));
        };
        List<String> lines = new ArrayList<>();
        for (String line : wrap(verdict().getString("text"), width - INDENT.length())) {
            lines.add((lines.isEmpty() ? word : INDENT) + style.bold(line));
        }
        for (Object more : verdict().getArray("more")) {
            wrap(more.toString(), width - INDENT.length()).forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    /** At spaces; a word that is longer stays whole. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : rest.indexOf(' ', Math.max(0, width));
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        lines.add(rest);
        return lines;
    }

    private String subject() {
        JsonObject process = picture.getObject("process");
        long from = picture.getLong("from");
        long now = picture.getLong("now");
        String name = process.getString("name", "");
        String java = process.getString("java", "");
        return (name.isEmpty() ? "a JVM" : name)
                + (process.isNull("pid") || process.getLong("pid") < 0 ? "" : " (pid " + process.getLong("pid") + ")")
                + (java.isEmpty() ? "" : ", Java " + java) + ", " + time(from) + " to " + time(now) + " ("
                + duration((double) (now - from)) + ")";
    }

    private List<String> loops(int most) {
        Table table = new Table(
                "LOOP", "STATE", ">LAG p50", ">p99", ">MAX", ">BUSY", ">TICKS", ">LONGEST", ">PENDING", ">CHANNELS");
        JsonArray loops = picture.getArray("loops");
        for (int i = 0; i < Math.min(most, loops.size()); i++) {
            JsonObject loop = loops.getObject(i);
            JsonObject series = loop.getObject("series");
            boolean recording = "recording".equals(picture.getString("source"));
            table.row(
                    loop.getString("id"),
                    loop.getString("state"),
                    millis(loop, "lagP50"),
                    recording ? most(series, "lagP99") : millis(loop, "lagP99"),
                    recording ? most(series, "lagMax") : millis(loop, "lagMax"),
                    percent(loop, "utilization"),
                    number(loop, "ticks"),
                    millis(loop, "tickMax"),
                    number(loop, "pending"),
                    number(loop, "channels"));
        }
        return lines(table, loops.size() - most, "loops");
    }

    private List<String> stalls(int most) {
        Table table = new Table("AT", ">FOR", "LOOP", "CAUSE", "WHERE");
        JsonArray stalls = picture.getArray("stalls");
        for (int i = 0; i < Math.min(most, stalls.size()); i++) {
            JsonObject stall = stalls.getObject(i);
            table.row(
                    time(stall.getLong("start")),
                    duration(stall.getDouble("duration")) + (stall.getBoolean("ongoing") ? "+" : ""),
                    stall.getString("loop"),
                    stall.getString("cause"),
                    joined(stall.getString("api"), stall.getString("site")));
        }
        return lines(table, stalls.size() - most, "stalls");
    }

    private List<String> findings(int most, boolean stacks) {
        List<String> lines = new ArrayList<>();
        JsonArray findings = picture.getArray("findings");
        for (int i = 0; i < Math.min(most, findings.size()); i++) {
            JsonObject finding = findings.getObject(i);
            long count = finding.getLong("count");
            lines.add(style.bold(finding.getString("kind") + ": " + finding.getString("api")) + " blocked "
                    + finding.getString("group") + " " + (count == 1 ? "once" : count + " times") + ", "
                    + duration(finding.getDouble("total")) + " in all, " + duration(finding.getDouble("max"))
                    + " at most");
            lines.add("    at       " + finding.getString("site"));
            String detail = finding.getString("detail", "");
            if (stacks && !detail.isEmpty()) {
                lines.add("    doing    " + detail);
            }
            if (stacks) {
                lines.add("    finding  " + finding.getString("fingerprint"));
                lines.add("    fix      " + finding.getString("fix"));
                stack(lines, finding.getArray("stack"));
            }
        }
        rest(lines, findings.size() - most, "findings");
        return lines;
    }

    private static void stack(List<String> lines, JsonArray stack) {
        for (int i = 0; i < Math.min(STACK_LINES, stack.size()); i++) {
            lines.add((i == 0 ? "    stack    " : "             ") + stack.getString(i));
        }
        if (stack.size() > STACK_LINES) {
            lines.add("             ... " + (stack.size() - STACK_LINES) + " more");
        }
    }

    private List<String> pools(int most) {
        Table table = new Table(
                "POOL", "STATE", ">ACTIVE", ">SIZE", ">MAX", ">QUEUED", ">WAIT p99", ">MAX", ">DONE", ">REJECTED");
        JsonArray pools = picture.getArray("pools");
        for (int i = 0; i < Math.min(most, pools.size()); i++) {
            JsonObject pool = pools.getObject(i);
            table.row(
                    pool.getString("id"),
                    pool.getString("state"),
                    number(pool, "active"),
                    number(pool, "size"),
                    number(pool, "max"),
                    number(pool, "queued"),
                    millis(pool, "waitP99"),
                    millis(pool, "waitMax"),
                    number(pool, "completed"),
                    number(pool, "rejected"));
        }
        return lines(table, pools.size() - most, "pools");
    }

    private List<String> exhaustions() {
        Table table = new Table("AT", ">FOR", "POOL", "WORKERS");
        for (Object each : picture.getArray("exhaustions")) {
            JsonObject exhaustion = (JsonObject) each;
            table.row(
                    time(exhaustion.getLong("start")),
                    duration(exhaustion.getDouble("duration")),
                    exhaustion.getString("pool"),
                    exhaustion.getString("evidence"));
        }
        return lines(table, 0, "");
    }

    private List<String> downstreams(int most) {
        Table table = new Table("DOWNSTREAM", ">IN FLIGHT", ">PEAK", ">CONNECTS", ">FAILED");
        JsonArray downstreams = picture.getArray("downstreams");
        for (int i = 0; i < Math.min(most, downstreams.size()); i++) {
            JsonObject downstream = downstreams.getObject(i);
            table.row(
                    downstream.getString("id"),
                    number(downstream, "inFlight"),
                    number(downstream, "highWater"),
                    number(downstream, "connects"),
                    number(downstream, "failed"));
        }
        return lines(table, downstreams.size() - most, "downstreams");
    }

    private List<String> notices() {
        List<String> lines = new ArrayList<>();
        for (Object each : picture.getArray("notices")) {
            JsonObject notice = (JsonObject) each;
            lines.add(time(notice.getLong("time")) + "  " + notice.getString("type") + ": "
                    + joined(notice.getString("text"), notice.getString("site")));
        }
        return lines;
    }

    private List<String> lines(Table table, int more, String what) {
        if (table.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.set(0, style.faint(lines.get(0)));
        rest(lines, more, what);
        return lines;
    }

    private static void rest(List<String> lines, int more, String what) {
        if (more > 0) {
            lines.add("... and " + more + " more " + what);
        }
    }

    private static String joined(@Nullable String what, @Nullable String site) {
        if (what == null || what.isEmpty()) {
            return site == null || site.isEmpty() ? "-" : site;
        }
        return site == null || site.isEmpty() ? what : what + " at " + site;
    }

    private static String number(JsonObject of, String key) {
        return of.isNull(key) ? "-" : Long.toString(of.getLong(key));
    }

    private static String percent(JsonObject of, String key) {
        return of.isNull(key) ? "-" : Math.round(of.getDouble(key) * 100) + " %";
    }

    private static String millis(JsonObject of, String key) {
        return of.isNull(key) ? "-" : duration(of.getDouble(key));
    }

    /** The largest of a series. */
    private static String most(JsonObject series, String key) {
        double most = -1;
        for (Object value : series.getArray(key)) {
            most = value instanceof Number number ? Math.max(most, number.doubleValue()) : most;
        }
        return most < 0 ? "-" : duration(most);
    }

    private static String duration(double millis) {
        return DurationText.of(Math.round(millis * 1e6));
    }

    private static String time(long millis) {
        return LocalTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault())
                .format(TIME);
    }
}
