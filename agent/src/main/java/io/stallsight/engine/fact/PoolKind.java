package io.stallsight.engine.fact;

import io.stallsight.text.CountText;
import java.util.Locale;

/** What a pool has, and the words for it. */
public enum PoolKind {
    /** Workers that run tasks. */
    THREADS("thread", "busy", "task", "workers"),
    /** Connections that are lent to threads. */
    CONNECTIONS("connection", "in use", "thread", "holders"),
    /** Permits of a semaphore, which threads hold while they work. */
    PERMITS("permit", "in use", "thread", "holders");

    private final String member;
    private final String used;
    private final String waiter;
    private final String users;

    PoolKind(String member, String used, String waiter, String users) {
        this.member = member;
        this.used = used;
        this.waiter = waiter;
        this.users = users;
    }

    /** {@code 4 threads}, {@code 1 connection}. */
    public String members(long count) {
        return CountText.of(count, member, member + "s");
    }

    /** What a member is that is not free: {@code busy}, {@code in use}. */
    public String used() {
        return used;
    }

    /** {@code 3 tasks wait}, {@code 1 thread waits}. */
    public String waiting(long count) {
        return CountText.of(count, waiter + " waits", waiter + "s wait");
    }

    /** Those who keep the members from others: {@code workers}, {@code holders}. */
    public String users() {
        return users;
    }

    /** As JSON has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code thread}, {@code connection}, {@code permit}. */
    public String member() {
        return member;
    }

    /** Whether threads borrow the members and give them back. */
    public boolean isLent() {
        return this != THREADS;
    }

    /** The kind with a name; {@link #THREADS} for a name that this version does not know. */
    public static PoolKind named(String name) {
        for (PoolKind known : values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return THREADS;
    }
}
