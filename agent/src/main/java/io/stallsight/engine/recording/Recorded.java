package io.stallsight.engine.recording;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.text.CountText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A recording, as a picture.
 *
 * @param facts about the JVM that the picture has no place for, a line each
 * @param limits of the recording: what it cannot show, a line each
 */
public record Recorded(Picture picture, List<String> facts, List<String> limits) {

    /**
     * The part of the file that the user wants, and how to read it.
     *
     * @param from milliseconds since 1970, null for the recording's start
     * @param to the same for its end
     * @param last milliseconds before its end, null for all
     * @param packages the user's own
     * @param threads globs of threads that must not block, besides those that are known
     * @param detail {@code shape} or {@code full}
     */
    public record Wish(
            @Nullable Long from,
            @Nullable Long to,
            @Nullable Long last,
            List<String> packages,
            List<String> threads,
            String detail) {}

    /**
     * Reads a file.
     *
     * @param catalogs gives the catalog for a feature version of the JDK
     * @throws RecordingException if the file is no complete recording, or has nothing of the wanted time
     */
    public static Recorded read(Path file, Wish wish, IntFunction<Catalog> catalogs) {
        Chunks chunks = Chunks.of(file);
        Span span = span(file, chunks, wish);
        try (DistinctFile distinct = DistinctFile.of(file, chunks)) {
            return read(distinct, new EventFile(distinct.file(), file), span, wish, catalogs);
        }
    }

    private static Recorded read(
            DistinctFile file, EventFile events, Span span, Wish wish, IntFunction<Catalog> catalogs) {
        Set<String> types = events.types();
        RecordedProcess process = new RecordedProcess();
        events.read(process.handlers(), process::isKnown);
        boolean withAgent = types.contains("stallsight.LoopLag");
        Picture picture = Picture.ofRecording(span.from(), span.to(), process.row(withAgent, wish.detail));
        List<String> facts = new ArrayList<>();
        List<String> limits = new ArrayList<>();
        if (file.repeated() > 0) {
            facts.add(CountText.of(file.repeated(), "chunk of the file is", "chunks of the file are")
                    + " there twice, as after a dump onto the recording's own file; each counts once");
        }
        if (withAgent) {
            AgentEvents agent = new AgentEvents(picture, span);
            events.readInOrder(agent.handlers());
            agent.finish();
        } else {
            Catalog catalog = catalogs.apply(process.feature());
            LoopGroup.foldMadeUp(catalog.madeUpNames());
            RecordedStacks stacks = new RecordedStacks(catalog, wish.packages, process.mainClass());
            JdkEvents jdk = new JdkEvents(catalog, stacks, wish.threads, span);
            events.read(jdk.first());
            events.read(jdk.second(picture));
            jdk.finish(picture);
            facts.addAll(jdk.facts());
            limits.addAll(jdk.limits());
        }
        return new Recorded(picture, facts, limits);
    }

    private static Span span(Path file, Chunks chunks, Wish wish) {
        long from = wish.last != null ? chunks.to() - wish.last : wish.from == null ? chunks.from() : wish.from;
        long to = wish.to == null ? chunks.to() : wish.to;
        Span span = new Span(Math.max(from, chunks.from()), Math.min(to, chunks.to()));
        if (span.from() >= span.to()) {
            throw new RecordingException(file + " has nothing of that time: it goes from "
                    + Instant.ofEpochMilli(chunks.from()) + " to "
                    + Instant.ofEpochMilli(chunks.to()));
        }
        return span;
    }
}
