package io.stallsight.frame;

import org.jspecify.annotations.Nullable;

/**
 * Names a part of the code; the same text covers the same frames in the option {@code allow}, in
 * {@code @AllowBlocking}, in the allow file and in the catalog.
 *
 * <ul>
 *   <li>{@code com.shop.Orders} covers the class, with its nested, local and anonymous classes;
 *   <li>{@code com.shop.Orders#find} covers this method of this class, with the lambdas that are written in it;
 *   <li>{@code com.shop.**} covers the package and its subpackages, {@code **} everything;
 *   <li>{@code **#<clinit>} covers the methods of this name in all of them.
 * </ul>
 *
 * @param part how {@code owner} is meant
 * @param owner a class name, or the start of class names: {@code com.shop.}, empty for all
 * @param method the method's name, empty for all
 */
public record FramePattern(Part part, String owner, String method) {

    /** What a valid text looks like, for messages. */
    public static final String FORMS =
            "a class (com.shop.Orders), a method (com.shop.Orders#find), a package (com.shop.**) or **";

    private static final String ALL = "**";
    private static final String LAMBDA = "lambda$";

    /** How much of the code the owner names. */
    public enum Part {
        /** One class and the classes nested in it. */
        CLASS,
        /** All classes whose names begin like this. */
        PACKAGE
    }

    /** @throws IllegalArgumentException with one line that has the text and the valid forms */
    public static FramePattern parse(String text) {
        String trimmed = text.trim();
        int hash = trimmed.indexOf('#');
        String owner = hash < 0 ? trimmed : trimmed.substring(0, hash);
        String method = hash < 0 ? "" : trimmed.substring(hash + 1);
        boolean all = owner.equals(ALL);
        boolean isPackage = all || owner.endsWith("." + ALL);
        String name = isPackage ? owner.substring(0, Math.max(0, owner.length() - ALL.length() - 1)) : owner;
        if (!all && !isQualifiedName(name) || hash >= 0 && !isMethodName(method)) {
            throw new IllegalArgumentException("bad rule \"" + text + "\"; allowed is " + FORMS);
        }
        return isPackage
                ? new FramePattern(Part.PACKAGE, all ? "" : name + ".", method)
                : new FramePattern(Part.CLASS, name, method);
    }

    /** One method of one class. The names are taken as they are, also if {@link #parse} would refuse them. */
    public static FramePattern ofMethod(String className, String method) {
        return new FramePattern(Part.CLASS, className, method);
    }

    private static boolean isQualifiedName(String name) {
        boolean begins = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.' ? begins : !isNameCharacter(c)) {
                return false;
            }
            begins = c == '.';
        }
        return !begins;
    }

    /** Kotlin writes {@code find-0E7RQCE} and, in tests, names with blanks. */
    private static boolean isMethodName(String name) {
        if (name.equals("<init>") || name.equals("<clinit>")) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isNameCharacter(name.charAt(i)) && name.charAt(i) != ' ') {
                return false;
            }
        }
        return !name.isBlank();
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' // most are, and the catalog is read in interpreted code
                || Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c)
                || c == '-';
    }

    /** What {@link #parse} makes this pattern of. */
    public String text() {
        return owner + (part == Part.PACKAGE ? ALL : "") + (method.isEmpty() ? "" : "#" + method);
    }

    public boolean covers(StackTraceElement frame) {
        return coversClass(frame.getClassName()) && coversMethod(frame.getMethodName());
    }

    /** Whether frames of the class are covered, if the method is right. */
    public boolean coversClass(String className) {
        return className.startsWith(owner)
                && (part == Part.PACKAGE
                        || className.length() == owner.length()
                        || coversNested() && isNested(className));
    }

    /** Whether classes nested in the owner are covered as well. */
    public boolean coversNested() {
        return part == Part.CLASS && method.isEmpty();
    }

    private boolean isNested(String className) {
        return className.charAt(owner.length()) == '$';
    }

    /**
     * Whether the method is covered, if the class is right. A lambda belongs to the method that it is written in. Only
     * in {@code **#<clinit>} it does not: a lambda that any initializer makes runs later, on another stack.
     */
    public boolean coversMethod(String methodName) {
        return method.isEmpty() || method.equals(methodName) || methodName.startsWith(LAMBDA) && isLambda(methodName);
    }

    private boolean isLambda(String methodName) {
        String enclosing = method;
        if (method.startsWith("<") && !owner.isEmpty()) {
            enclosing = method.equals("<init>") ? "new" : "static";
        }
        return methodName.startsWith(enclosing, LAMBDA.length())
                && methodName.startsWith("$", LAMBDA.length() + enclosing.length());
    }

    @Override
    public String toString() {
        return text();
    }

    /** Written out: the JVM would link a record's own equality on the loop that is allowed a call first. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FramePattern that
                && part == that.part
                && owner.equals(that.owner)
                && method.equals(that.method);
    }

    @Override
    public int hashCode() {
        return 31 * owner.hashCode() + method.hashCode();
    }
}
