package io.stallsight.text;

/** The text of a number of things. */
public final class CountText {

    private CountText() {}

    /** {@code 1 task waits}, {@code 41 tasks wait}. */
    public static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
