package io.stallsight.api;

/**
 * Thrown in {@code strict} mode instead of a blocking call on a non-blocking thread, before the call happens. It is an
 * error so that {@code catch (Exception e)} in the code under test does not hide it.
 */
public final class BlockingCallError extends Error {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String api;

    public BlockingCallError(Kind kind, String api, String message) {
        super(message);
        this.kind = kind;
        this.api = api;
    }

    public Kind kind() {
        return kind;
    }

    /** The call that was refused, for example {@code Thread.sleep}. */
    public String api() {
        return api;
    }
}
