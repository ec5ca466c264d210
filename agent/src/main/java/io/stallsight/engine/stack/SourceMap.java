package io.stallsight.engine.stack;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a class that stand in no file, and the lines that a person knows them by.
 *
 * <p>Kotlin copies the code of inline functions into the class that calls them, and gives the copies numbers beyond the
 * last line of the file. The attribute {@code SourceDebugExtension} of the class has the meaning of these numbers, in
 * the format of JSR 45; its stratum {@code KotlinDebug} has the line of the call for each. Immutable.
 *
 * @see <a href="https://jcp.org/en/jsr/detail?id=45">JSR 45</a>
 * @see <a
 *     href="https://github.com/JetBrains/kotlin/blob/master/compiler/backend/src/org/jetbrains/kotlin/codegen/SourceMapper.kt">Kotlin's
 *     SourceMapper</a>
 */
final class SourceMap {

    private static final String STRATUM = "*S KotlinDebug\n";
    private static final String LINES = "*L\n";

    /** A class has a few dozen inlined calls; this many are kept. */
    private static final int MAX_RANGES = 1_000;

    /**
     * Numbers that mean one line, or as many lines.
     *
     * @param first the first of the numbers
     * @param step how many numbers mean one line
     */
    private record Range(int first, int count, int step, int line) {
        int lineOf(int number) {
            int at = number - first;
            return at < 0 || at >= count * step ? 0 : line + at / step;
        }
    }

    private final List<Range> ranges;

    private SourceMap(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** Reads the attribute; null if it has no lines of calls. */
    static @Nullable SourceMap parse(String text) {
        int stratum = text.indexOf(STRATUM);
        int at = stratum < 0 ? -1 : text.indexOf(LINES, stratum);
        if (at < 0) {
            return null;
        }
        List<Range> ranges = new ArrayList<>();
        int start = at + LINES.length();
        while (start < text.length() && text.charAt(start) != '*' && ranges.size() < MAX_RANGES) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            Range range = range(text.substring(start, end));
            if (range != null) {
                ranges.add(range);
            }
            start = end + 1;
        }
        return ranges.isEmpty() ? null : new SourceMap(ranges);
    }

    /** Reads {@code line#file,count:first,step}; file, count and step may be missing. */
    private static @Nullable Range range(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String in = text.substring(0, colon);
        String out = text.substring(colon + 1);
        int comma = in.indexOf(',');
        int hash = in.indexOf('#');
        int lineEnd = hash >= 0 ? hash : comma >= 0 ? comma : in.length();
        int step = out.indexOf(',');
        try {
            return new Range(
                    Integer.parseInt(step < 0 ? out : out.substring(0, step)),
                    comma < 0 ? 1 : Integer.parseInt(in.substring(comma + 1)),
                    step < 0 ? 1 : Integer.parseInt(out.substring(step + 1)),
                    Integer.parseInt(in.substring(0, lineEnd)));
        } catch (NumberFormatException ofAnotherFormat) {
            return null;
        }
    }

    /** The line of the file that a number means; 0 if it is not among those that stand in no file. */
    int lineOf(int number) {
        for (Range range : ranges) {
            int line = range.lineOf(number);
            if (line > 0) {
                return line;
            }
        }
        return 0;
    }
}
