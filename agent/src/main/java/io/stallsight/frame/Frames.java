package io.stallsight.frame;

import org.jspecify.annotations.Nullable;

/** Stack frames as people read them. */
public final class Frames {

    private static final String LAMBDA = "lambda$";

    private Frames() {}

    /**
     * {@code com.shop.Orders.find(Orders.java:57)}, which IDEs and terminals make clickable: without loader and module,
     * a lambda under the method that it is written in.
     */
    public static String describe(StackTraceElement frame) {
        String where = frame.isNativeMethod()
                ? "Native Method"
                : frame.getFileName() == null
                        ? "Unknown Source"
                        : frame.getLineNumber() >= 0
                                ? frame.getFileName() + ":" + frame.getLineNumber()
                                : frame.getFileName();
        return method(frame) + "(" + where + ")";
    }

    /** The frame of a text that {@link #describe} has made; null if the text is another. */
    public static @Nullable StackTraceElement parse(String text) {
        int bracket = text.indexOf('(');
        int dot = bracket < 0 ? -1 : text.lastIndexOf('.', bracket);
        if (dot < 0 || !text.endsWith(")")) {
            return null;
        }
        String type = text.substring(0, dot);
        String method = text.substring(dot + 1, bracket);
        String where = text.substring(bracket + 1, text.length() - 1);
        if (where.equals("Native Method")) {
            return new StackTraceElement(type, method, null, -2);
        }
        if (where.equals("Unknown Source")) {
            return new StackTraceElement(type, method, null, -1);
        }
        int colon = where.lastIndexOf(':');
        try {
            return colon < 0
                    ? new StackTraceElement(type, method, where, -1)
                    : new StackTraceElement(
                            type, method, where.substring(0, colon), Integer.parseInt(where.substring(colon + 1)));
        } catch (NumberFormatException noLine) {
            return null;
        }
    }

    /** {@code Orders.find:57}, for a sentence. */
    public static String brief(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1)
                + "."
                + methodOf(frame)
                + (frame.getLineNumber() >= 0 ? ":" + frame.getLineNumber() : "");
    }

    /** {@code com.shop.Orders.find}: the method with its class, for a label. */
    public static String method(StackTraceElement frame) {
        return frame.getClassName() + "." + methodOf(frame);
    }

    /** {@code com.shop.Orders#find}: the rule that covers the frame's method, see {@link FramePattern}. */
    public static String rule(StackTraceElement frame) {
        return frame.getClassName() + "#" + methodOf(frame);
    }

    /** The method that a frame belongs to in the source: {@code lambda$find$0} is {@code find}. */
    public static String methodOf(StackTraceElement frame) {
        String method = frame.getMethodName();
        if (!method.startsWith(LAMBDA)) {
            return method;
        }
        int end = method.lastIndexOf('$');
        if (end <= LAMBDA.length()) {
            return method;
        }
        String enclosing = method.substring(LAMBDA.length(), end);
        return switch (enclosing) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> enclosing;
        };
    }
}
