package io.stallsight.engine.recording;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.event.RecordedFields;
import io.stallsight.engine.stack.LoopSigns;
import io.stallsight.engine.stack.RecordedStacks;
import io.stallsight.text.Glob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a recording that must not block. They are recognised by the names that the catalog and the user know,
 * and by their stacks: a recording without the agent has no classes of threads.
 */
final class RecordedLoops {

    /** Others select now and then; a loop does nothing else. */
    private static final int MIN_SELECTS = 2;

    /** Stacks of a chunk are few and come again and again; of a new chunk all are other objects. */
    private static final int MAX_STACKS = 20_000;

    private enum State {
        MAY_BLOCK,
        UNKNOWN,
        LOOP
    }

    private static final class Seen {
        State state = State.UNKNOWN;
        int selects;
    }

    private final RecordedStacks stacks;
    private final List<Glob> loops = new ArrayList<>();
    private final List<Glob> mayBlock = new ArrayList<>();
    private final Map<String, Seen> threads = new HashMap<>();
    private final IdentityHashMap<RecordedStackTrace, LoopSigns.Sign> signs = new IdentityHashMap<>();

    /** @param named globs of the user */
    RecordedLoops(Catalog catalog, RecordedStacks stacks, List<String> named) {
        this.stacks = stacks;
        named.forEach(name -> loops.add(new Glob(name)));
        catalog.recordedThreads().forEach(rule -> loops.add(new Glob(rule.name())));
        for (ThreadRule rule : catalog.threads()) {
            if (rule.name() != null && rule.className() == null) {
                (rule.mayBlock() ? mayBlock : loops).add(new Glob(rule.name()));
            }
        }
    }

    /** Takes a stack of the thread. Returns whether the thread must not block, as far as its stacks so far show. */
    boolean seen(String name, @Nullable RecordedStackTrace trace) {
        Seen thread = threads.get(name);
        if (thread == null) {
            thread = classified(name);
            threads.put(name, thread);
        }
        if (thread.state == State.UNKNOWN && trace != null && !name.isEmpty()) {
            look(thread, trace);
        }
        return thread.state == State.LOOP;
    }

    private void look(Seen thread, RecordedStackTrace trace) {
        LoopSigns.Sign sign = signs.get(trace);
        if (sign == null) {
            if (signs.size() > MAX_STACKS) {
                signs.clear();
            }
            sign = stacks.sign(RecordedFields.stack(trace));
            signs.put(trace, sign);
        }
        if (sign == LoopSigns.Sign.LOOP || sign == LoopSigns.Sign.SELECTS && ++thread.selects >= MIN_SELECTS) {
            thread.state = State.LOOP;
        }
    }

    private Seen classified(String name) {
        Seen thread = new Seen();
        if (matches(mayBlock, name)) {
            thread.state = State.MAY_BLOCK;
        } else if (matches(loops, name)) {
            thread.state = State.LOOP;
        }
        return thread;
    }

    private static boolean matches(List<Glob> globs, String name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }

    boolean isLoop(String name) {
        return threads.computeIfAbsent(name, this::classified).state == State.LOOP;
    }

    List<String> names() {
        return threads.entrySet().stream()
                .filter(entry -> entry.getValue().state == State.LOOP)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
