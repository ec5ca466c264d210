package io.stallsight.it.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * A method in the notation of the catalog: {@code name} matches all overloads, {@code name(int,java.lang.String[])} one
 * of them. With {@code -> type} appended, the result type must match too.
 */
record MethodPattern(
        String name,
        @Nullable List<String> parameters,
        @Nullable String result) {

    static MethodPattern parse(String text) {
        int arrow = text.indexOf("->");
        String result = arrow < 0 ? null : text.substring(arrow + 2).trim();
        String method = (arrow < 0 ? text : text.substring(0, arrow)).trim();
        int open = method.indexOf('(');
        if (open < 0) {
            return new MethodPattern(method, null, result);
        }
        if (open == 0 || !method.endsWith(")")) {
            throw new IllegalArgumentException("not a method: " + text);
        }
        String list = method.substring(open + 1, method.length() - 1);
        List<String> parameters = list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",")).map(String::trim).toList();
        return new MethodPattern(method.substring(0, open), parameters, result);
    }

    boolean matches(Method method) {
        return name.equals(method.name())
                && (parameters == null || parameters.equals(sourceForm(Type.getArgumentTypes(method.descriptor()))))
                && (result == null
                        || result.equals(Type.getReturnType(method.descriptor()).getClassName()));
    }

    private static List<String> sourceForm(Type[] types) {
        return Arrays.stream(types).map(Type::getClassName).toList();
    }

    @Override
    public String toString() {
        return name
                + (parameters == null ? "" : parameters.stream().collect(Collectors.joining(",", "(", ")")))
                + (result == null ? "" : " -> " + result);
    }
}
