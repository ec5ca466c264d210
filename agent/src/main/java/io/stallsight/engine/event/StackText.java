package io.stallsight.engine.event;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.Stall;
import io.stallsight.frame.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as text in fields of events, as JFR has no field for a second stack: a line for each frame. Each way to write
 * has a way to read beside it.
 */
final class StackText {

    private static final String NO_FRAME = "-";
    private static final String BLANK_LINE = "\n\n";

    private static final StackTraceElement UNKNOWN = new StackTraceElement("unknown", "unknown", null, -1);

    private StackText() {}

    static String of(List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder();
        stack.forEach(frame -> text.append(Frames.describe(frame)).append('\n'));
        return text.toString();
    }

    static List<StackTraceElement> frames(RecordedEvent event, String field) {
        return frames(RecordedFields.text(event, field).lines().toList());
    }

    private static List<StackTraceElement> frames(List<String> lines) {
        return lines.stream().map(Frames::parse).filter(Objects::nonNull).toList();
    }

    static @Nullable String ofFrame(@Nullable StackTraceElement frame) {
        return frame == null ? null : Frames.describe(frame);
    }

    static @Nullable StackTraceElement frame(RecordedEvent event, String field) {
        return Frames.parse(RecordedFields.text(event, field));
    }

    static StackTraceElement frameOrUnknown(RecordedEvent event, String field) {
        StackTraceElement frame = frame(event, field);
        return frame == null ? UNKNOWN : frame;
    }

    /** The number of samples, then the frames; a blank line between two stacks. */
    static String ofProfile(List<Stall.Seen> profile) {
        StringBuilder text = new StringBuilder();
        for (Stall.Seen seen : profile) {
            text.append(seen.count()).append('\n').append(of(seen.stack())).append('\n');
        }
        return text.toString();
    }

    static List<Stall.Seen> profile(RecordedEvent event, String field) {
        List<Stall.Seen> profile = new ArrayList<>();
        for (List<String> lines : blocks(event, field)) {
            profile.add(new Stall.Seen(Integer.parseInt(lines.get(0)), frames(lines.subList(1, lines.size()))));
        }
        return profile;
    }

    /** The number of workers, what they do, their frame, then the stack of one; a blank line between two groups. */
    static String ofWorkers(List<PoolExhaustion.Site> groups) {
        StringBuilder text = new StringBuilder();
        for (PoolExhaustion.Site group : groups) {
            StackTraceElement frame = group.frame();
            text.append(group.workers())
                    .append('\n')
                    .append(group.doing().replace('\n', ' '))
                    .append('\n')
                    .append(frame == null ? NO_FRAME : Frames.describe(frame))
                    .append('\n')
                    .append(of(group.stack()))
                    .append('\n');
        }
        return text.toString();
    }

    static List<PoolExhaustion.Site> workers(RecordedEvent event, String field) {
        List<PoolExhaustion.Site> groups = new ArrayList<>();
        for (List<String> lines : blocks(event, field)) {
            groups.add(new PoolExhaustion.Site(
                    Integer.parseInt(lines.get(0)),
                    Frames.parse(lines.get(2)),
                    lines.get(1),
                    frames(lines.subList(3, lines.size()))));
        }
        return groups;
    }

    private static List<List<String>> blocks(RecordedEvent event, String field) {
        List<List<String>> blocks = new ArrayList<>();
        for (String block : RecordedFields.text(event, field).split(BLANK_LINE)) {
            if (!block.isEmpty()) {
                blocks.add(block.lines().toList());
            }
        }
        return blocks;
    }
}
