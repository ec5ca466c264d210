package io.stallsight.engine.stack;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.NameRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives a blocking call the name that a developer recognises, and finds the line to blame. */
public final class Naming {

    /**
     * @param api as shown
     * @param kind of the API, or of the woven point
     * @param site index of the frame to blame
     */
    public record Name(
            String api, Kind kind, int site, @Nullable String fix) {}

    private final Libraries libraries;
    private final Set<String> callBacks;
    private final Set<String> abstractions;
    private final Map<String, NameRule> rules = new HashMap<>();

    public Naming(Libraries libraries, Catalog catalog) {
        this.libraries = libraries;
        this.callBacks = catalog.callBacks();
        this.abstractions = catalog.abstractions();
        for (NameRule rule : catalog.names()) {
            rules.put(rule.className() + "#" + rule.method(), rule);
        }
    }

    /** {@code stack} begins with the woven method, or with its caller where a call site was rewritten. */
    public Name name(Point point, Kind pointKind, List<StackTraceElement> stack) {
        int site = site(stack);
        String api = pointKind == Kind.MONITOR ? point.api() : point.apiName();
        Kind kind = pointKind;
        String fix = null;
        boolean contiguous = true;
        for (int i = 0; i < site; i++) {
            StackTraceElement frame = stack.get(i);
            NameRule rule = rules.get(frame.getClassName() + "#" + frame.getMethodName());
            if (rule != null) {
                api = rule.shownAs() == null ? shortName(frame) : rule.shownAs() + "." + frame.getMethodName();
                kind = rule.kind() == null ? kind : rule.kind();
                fix = rule.fix();
            }
            contiguous &= libraries.isJdk(frame.getClassName()) && !callBacks.contains(frame.getMethodName());
            if (rule == null && contiguous && i > 0 && isPublicApi(frame) && isGeneric(pointKind)) {
                api = shortName(frame);
            }
        }
        return new Name(api, kind, site, fix);
    }

    /** Points that stand for many APIs: the frames outside of them name the API. JDBC and HTTP name themselves. */
    private static boolean isGeneric(Kind kind) {
        return switch (kind) {
            case JDBC, HTTP, MONITOR -> false;
            default -> true;
        };
    }

    private boolean isPublicApi(StackTraceElement frame) {
        String className = frame.getClassName();
        return (className.startsWith("java.") || className.startsWith("javax."))
                && !abstractions.contains(className)
                && !frame.getMethodName().startsWith("lambda$")
                && !frame.getMethodName().startsWith("<")
                && !frame.getMethodName().startsWith("access$");
    }

    /** The first frame of the user's packages, else the first application frame, else the first outside of the JDK. */
    int site(List<StackTraceElement> stack) {
        int application = -1;
        int outsideJdk = -1;
        for (int i = 0; i < stack.size(); i++) {
            String className = stack.get(i).getClassName();
            if (libraries.hasOwn() && libraries.isOwn(className)) {
                return i;
            }
            if (application < 0 && libraries.isApplication(className)) {
                if (!libraries.hasOwn()) {
                    return i;
                }
                application = i;
            }
            if (outsideJdk < 0 && !libraries.isJdk(className)) {
                outsideJdk = i;
            }
        }
        return application >= 0 ? application : Math.max(outsideJdk, 0);
    }

    /** A lambda's own class is not: its body is a method of the class around it. */
    boolean isApplication(StackTraceElement frame) {
        return !frame.getClassName().contains("$$Lambda") && isApplication(frame.getClassName());
    }

    boolean isApplication(String className) {
        return libraries.hasOwn() ? libraries.isOwn(className) : libraries.isApplication(className);
    }

    boolean isJdk(StackTraceElement frame) {
        return libraries.isJdk(frame.getClassName());
    }

    /** Neither of the JDK nor of a library, or in the packages that the user named. */
    boolean isOutsideOfLibraries(String className) {
        return libraries.isOwn(className) || libraries.isApplication(className);
    }

    private static String shortName(StackTraceElement frame) {
        String type = ClassNames.simple(frame.getClassName());
        return frame.getMethodName().equals("<init>") ? "new " + type : type + "." + frame.getMethodName();
    }
}
