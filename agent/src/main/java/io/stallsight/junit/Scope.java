package io.stallsight.junit;

import io.stallsight.api.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running test, or a running class with the work that it does for all of its tests. Its {@link Attribution} guards
 * the fields that are not final.
 */
final class Scope {

    /** The number by which the agent knows work of this scope. */
    final long context;

    final String name;
    final Checks checks;
    final @Nullable Scope parent;

    /** {@link System#nanoTime()}. */
    final long begin;

    final Thread thread = Thread.currentThread();

    /** The context of the thread before this scope began. */
    long before;

    /** {@link System#nanoTime()} at which the last test in this scope ended. */
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

    /** Whether this scope is {@code other} or inside of it; null stands for the whole run. */
    boolean isWithin(@Nullable Scope other) {
        for (Scope each = this; each != null; each = each.parent) {
            if (each == other) {
                return true;
            }
        }
        return other == null;
    }
}
