package io.stallsight.hook;

/**
 * The borrower for which one thread looks for a pooled connection. A pool that serves its queue on whichever thread is
 * there first may lend connections to other borrowers meanwhile. Used by that thread only.
 */
final class StallsightBorrower {

    /** Stands for the borrower that called the pool on this thread, or null. */
    private Object borrower;

    /** Whether the pool lends to another borrower at the moment. */
    private boolean lendsToOther;

    /** @return what {@link #end} takes */
    Object begin(Object calling) {
        Object before = borrower;
        borrower = calling;
        lendsToOther = true;
        return before;
    }

    void end(Object before) {
        borrower = before;
        lendsToOther = true;
    }

    void lendTo(Object other) {
        lendsToOther = other != borrower;
    }

    boolean isServed() {
        return borrower != null && !lendsToOther;
    }
}
