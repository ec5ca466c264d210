package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import io.stallsight.engine.catalog.entry.MethodPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * The method in which a call of a native method is seen: a native method has no body to weave. Another tool knows the
 * call by the native method, and its policies decide whether it may run.
 *
 * @param calls the other tool's name of the native method, {@code java.io.FileInputStream#readBytes([BII)I}
 * @param as the name under which reports name the call on every JDK, in the same form
 * @param owner class that is woven
 * @param method method that is woven
 * @param threads threads that come from {@code method} to the native method
 */
public record PolicyRule(String calls, String as, String owner, MethodPattern method, Threads threads) implements Rule {

    /** Which threads come to the native method. */
    public enum Threads {
        ALL,
        /** A virtual thread takes another way through the JDK. */
        PLATFORM_ONLY
    }

    public static List<PolicyRule> read(CatalogEntry entry) {
        String owner = entry.required("class");
        List<String> calls = entry.requiredTexts("calls");
        Threads threads = entry.flag("virtual", true) ? Threads.ALL : Threads.PLATFORM_ONLY;
        List<PolicyRule> rules = new ArrayList<>();
        for (MethodPattern method : entry.requiredMethods("methods")) {
            for (String call : calls) {
                rules.add(new PolicyRule(call, calls.get(0), owner, method, threads));
            }
        }
        return rules;
    }
}
