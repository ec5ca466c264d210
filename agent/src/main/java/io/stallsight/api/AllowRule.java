package io.stallsight.api;

/**
 * A part of the code below which blocking is accepted: {@code class}, {@code class#method}, {@code package.**}, or
 * {@code **} for all.
 *
 * @param text as written
 */
public record AllowRule(String text) {

    private static final java.util.regex.Pattern FORM = java.util.regex.Pattern.compile(
            "\\*\\*|[\\p{javaJavaIdentifierPart}.]+(\\.\\*\\*|#[\\p{javaJavaIdentifierPart}<>]+)?");

    /** @throws IllegalArgumentException with what is wrong */
    public static AllowRule parse(String text) {
        String trimmed = text.trim();
        if (!FORM.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("bad allow rule \"" + text
                    + "\": a class (com.shop.Orders), a method (com.shop.Orders#find), a package (com.shop.**) or **");
        }
        return new AllowRule(trimmed);
    }

    /** Whether the frame is of that part; a lambda is part of the method that it is written in. */
    public boolean matches(StackTraceElement frame) {
        if (text.equals("**")) {
            return true;
        }
        String type = frame.getClassName();
        if (text.endsWith(".**")) {
            return type.startsWith(text.substring(0, text.length() - 2));
        }
        int hash = text.indexOf('#');
        return hash < 0
                ? type.equals(text) || type.startsWith(text + "$")
                : type.equals(text.substring(0, hash))
                        && (frame.getMethodName().equals(text.substring(hash + 1))
                                || FindingText.methodOf(frame).equals(text.substring(hash + 1)));
    }

    /** Whether a frame of the finding's stack matches. A finding without a stack is allowed by {@code **} only. */
    public boolean allows(Finding finding) {
        return text.equals("**") || finding.stack().stream().anyMatch(this::matches);
    }
}
