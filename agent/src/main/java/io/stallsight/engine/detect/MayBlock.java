package io.stallsight.engine.detect;

/** Whether a thread may block at a moment, as far as it is known from outside. */
public enum MayBlock {
    YES,
    NO,
    /** The application is asked: a later look may have the answer. */
    ASKED,
    /** The application does not say. */
    UNKNOWN
}
