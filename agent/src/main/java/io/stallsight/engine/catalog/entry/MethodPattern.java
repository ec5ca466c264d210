package io.stallsight.engine.catalog.entry;

import org.jspecify.annotations.Nullable;

/**
 * A method as the catalog writes it: {@code read(byte[],int,int)}, {@code read} (every overload), or, where shapes need
 * it, {@code executeQuery() -> java.sql.ResultSet}. Types are erased and in source form; names of nested classes have a
 * dollar sign.
 *
 * @param parameters the start of a descriptor, {@code ([BII)}; null for every overload
 * @param returnType a descriptor; null for any
 * @param text the pattern as written
 */
public record MethodPattern(
        String name, @Nullable String parameters, @Nullable String returnType, String text) {

    public static MethodPattern parse(String text) {
        String signature = text.trim();
        String returnDescriptor = null;
        int arrow = signature.indexOf("->");
        if (arrow >= 0) {
            returnDescriptor = descriptor(signature.substring(arrow + 2).trim());
            signature = signature.substring(0, arrow).trim();
        }
        int open = signature.indexOf('(');
        if (open < 0) {
            return new MethodPattern(signature, null, returnDescriptor, text);
        }
        if (open == 0 || !signature.endsWith(")")) {
            throw new IllegalArgumentException("not a method: " + text);
        }
        StringBuilder parameters = new StringBuilder("(");
        String list = signature.substring(open + 1, signature.length() - 1).trim();
        if (!list.isEmpty()) {
            for (String type : list.split(",")) {
                parameters.append(descriptor(type.trim()));
            }
        }
        return new MethodPattern(
                signature.substring(0, open), parameters.append(')').toString(), returnDescriptor, text);
    }

    /** Whether the pattern fits a method, by its name and its descriptor as in class files. */
    public boolean matches(String methodName, String methodDescriptor) {
        return name.equals(methodName)
                && (parameters == null || methodDescriptor.startsWith(parameters))
                && (returnType == null || methodDescriptor.endsWith(")" + returnType));
    }

    /** Any overload of a method. */
    public static MethodPattern named(String name) {
        return new MethodPattern(name, null, null, name);
    }

    private static String descriptor(String type) {
        int dimensions = 0;
        String element = type;
        while (element.endsWith("[]")) {
            element = element.substring(0, element.length() - 2).trim();
            dimensions++;
        }
        String base = switch (element) {
            case "void" -> "V";
            case "boolean" -> "Z";
            case "byte" -> "B";
            case "char" -> "C";
            case "short" -> "S";
            case "int" -> "I";
            case "long" -> "J";
            case "float" -> "F";
            case "double" -> "D";
            default -> "L" + element.replace('.', '/') + ";";
        };
        return "[".repeat(dimensions) + base;
    }
}
