package io.stallsight.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stacks as they are read: {@code com.acme.Orders.find(Orders.java:57)}, the innermost frame first. */
public final class Stacks {

    private static final Pattern FRAME = Pattern.compile("([^(]+)\\.([^.(]+)(?:\\(([^:)]*)(?::(\\d+))?\\))?");

    private Stacks() {}

    public static List<StackTraceElement> stack(String... frames) {
        List<StackTraceElement> stack = new ArrayList<>();
        for (String frame : frames) {
            stack.add(frame(frame));
        }
        return stack;
    }

    public static StackTraceElement[] array(String... frames) {
        return stack(frames).toArray(new StackTraceElement[0]);
    }

    public static StackTraceElement frame(String text) {
        Matcher parts = FRAME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a frame: " + text);
        }
        int line = parts.group(4) == null ? -1 : Integer.parseInt(parts.group(4));
        return new StackTraceElement(parts.group(1), parts.group(2), parts.group(3), line);
    }
}
