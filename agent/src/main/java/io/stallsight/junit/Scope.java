package io.stallsight.junit;

import io.stallsight.api.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test, or a class with what it does for all of its tests, while it runs. Guarded by its {@link Attribution}, except
 * for what is final.
 */
final class Scope {

    final long context;
    final String name;
    final Checks checks;
    final @Nullable Scope parent;

    /** {@link System#nanoTime()}. */
    final long begin;

    final Thread thread = Thread.currentThread();

    /** For whom the thread worked before. */
    long before;

    /** {@link System#nanoTime()} at which a test in this scope ended last. */
    long lastEnd;

    private final List<Finding> found = new ArrayList<>();

    Scope(long context, String name, Checks checks, @Nullable Scope parent, long begin) {
        this.context = context;
        this.name = name;
        this.checks = checks;
        this.parent = parent;
        this.begin = begin;
        this.lastEnd = begin;
    }

    /** The same for all invocations of a template. */
    String baselineName() {
        int quote = name.indexOf(' ');
        return quote < 0 ? name : name.substring(0, quote);
    }

    void add(Finding finding) {
        found.add(finding);
    }

    List<Finding> found() {
        return found;
    }

    boolean isWithin(@Nullable Scope other) {
        for (Scope each = this; each != null; each = each.parent) {
            if (each == other) {
                return true;
            }
        }
        return other == null;
    }
}
