package io.stallsight.hook;

/** What a thread that changes its role does at a moment; see {@link StallsightThread#isDynamic}. */
public final class StallsightRole {

    /** It runs work that others wait behind, and must not block. */
    public static final int WORKS = 0;

    /** Its library has lent it to work that may block: it is no loop meanwhile. */
    public static final int LENT = 1;

    /** It waits for work. */
    public static final int WAITS = 2;

    /** A tool of the application lets it block at the moment; it is a loop all the same. */
    public static final int MAY_BLOCK = 3;

    private StallsightRole() {}
}
