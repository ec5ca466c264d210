package io.stallsight.frame;

import org.jspecify.annotations.Nullable;

/** Stack frames as people read them. */
public final class Frames {

    private static final String LAMBDA = "lambda$";
    private static final String UNKNOWN = "Unknown Source";

    private Frames() {}

    /**
     * {@code com.shop.Orders.find(Orders.java:57)}, which IDEs and terminals make clickable: without loader and module,
     * a lambda under the method that it is written in. The JVM does not know the file, but the line, of a method that
     * ran already when an agent wove its class: {@code com.shop.Orders.find(Unknown Source:57)}.
     */
    public static String describe(StackTraceElement frame) {
        if (frame.isNativeMethod()) {
            return method(frame) + "(Native Method)";
        }
        String file = frame.getFileName() == null ? UNKNOWN : frame.getFileName();
        String line = frame.getLineNumber() >= 0 ? ":" + frame.getLineNumber() : "";
        return method(frame) + "(" + file + line + ")";
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
        int colon = where.lastIndexOf(':');
        String file = colon < 0 ? where : where.substring(0, colon);
        try {
            return new StackTraceElement(
                    type,
                    method,
                    file.equals(UNKNOWN) ? null : file,
                    colon < 0 ? -1 : Integer.parseInt(where.substring(colon + 1)));
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
