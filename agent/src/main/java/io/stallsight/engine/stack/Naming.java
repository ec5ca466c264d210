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
import java.util.function.Predicate;
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
    private final InlinedLines inlinedLines;
    private final Set<String> callBacks;
    private final Set<String> abstractions;
    private final Map<String, NameRule> rules = new HashMap<>();
    private final LoopStarts loopStarts = new LoopStarts();

    /** Gives frames the lines that they have: a recording has no class files. */
    public Naming(Libraries libraries, Catalog catalog) {
        this(libraries, catalog, new InlinedLines());
    }

    public Naming(Libraries libraries, Catalog catalog, InlinedLines inlinedLines) {
        this.libraries = libraries;
        this.inlinedLines = inlinedLines;
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
            NameRule rule = rule(frame);
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

    /**
     * What the thread waits for, as the JDK calls it: a library that takes a lock inside of its API does not make it
     * another wait.
     *
     * @param pointKind the kind of the woven point
     */
    Kind wait(Kind pointKind, List<StackTraceElement> stack) {
        Kind kind = pointKind;
        for (StackTraceElement frame : stack) {
            if (!isJdk(frame)) {
                break;
            }
            NameRule rule = rule(frame);
            if (rule != null && rule.kind() != null) {
                kind = rule.kind();
            }
        }
        return kind;
    }

    private @Nullable NameRule rule(StackTraceElement frame) {
        NameRule rule = null;
        for (String name = frame.getClassName(); name != null && rule == null; name = ClassNames.original(name)) {
            rule = rules.get(name + "#" + frame.getMethodName());
        }
        return rule;
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

    /** The frame with a line that stands in its file. */
    StackTraceElement inFile(StackTraceElement frame) {
        return inlinedLines.inFile(frame);
    }

    /** The stack with lines that stand in their files. */
    List<StackTraceElement> inFiles(List<StackTraceElement> stack) {
        return inlinedLines.inFiles(stack);
    }

    /** The frame to blame: of the best {@link Claim} that a frame has, the innermost. */
    int site(List<StackTraceElement> stack) {
        int site = 0;
        Claim best = Claim.NONE;
        for (int i = 0; i < stack.size() && best != best(); i++) {
            Claim claim = claim(stack.get(i), best);
            if (claim.compareTo(best) > 0) {
                best = claim;
                site = i;
            }
        }
        return site;
    }

    private Claim best() {
        return libraries.hasOwn() ? Claim.OWN_LINE : Claim.APPLICATION_LINE;
    }

    /** How good a frame is as a site. A later one is better. */
    private enum Claim {
        NONE,
        /** A line from which a loop runs, whatever the loop does. */
        STARTS_LOOP,
        OUTSIDE_OF_THE_JDK,
        /** A library that no catalog knows: without a line of the service on the stack, the nearest thing to one. */
        UNCATALOGUED,
        /** A class that some tool has made for one of the application's. */
        APPLICATION,
        APPLICATION_LINE,
        /** The user has named its package. */
        OWN,
        OWN_LINE
    }

    /** @param best a claim that is not better than this may be given as any other that is not */
    private Claim claim(StackTraceElement frame, Claim best) {
        String className = frame.getClassName();
        if (loopStarts.has(frame)) {
            return Claim.STARTS_LOOP;
        }
        if (libraries.hasOwn() && libraries.isOwn(className)) {
            return isInSource(frame) ? Claim.OWN_LINE : Claim.OWN;
        }
        Claim highest = isInSource(frame) ? Claim.APPLICATION_LINE : Claim.APPLICATION;
        if (highest.compareTo(best) <= 0 || libraries.isJdk(className)) {
            return Claim.NONE;
        }
        if (libraries.isApplication(className)) {
            return highest;
        }
        return libraries.isUncatalogued(className) ? Claim.UNCATALOGUED : Claim.OUTSIDE_OF_THE_JDK;
    }

    /** Whether a person finds the frame in a source file: a generated class has no lines. */
    private static boolean isInSource(StackTraceElement frame) {
        return frame.getLineNumber() > 0 || frame.isNativeMethod();
    }

    /**
     * The frames of a stack that can be blamed: lines of the application. Where it has none, frames of classes that a
     * tool has made for the application's; else frames of a library that no catalog knows.
     */
    Predicate<StackTraceElement> blamable(List<StackTraceElement> stack) {
        boolean anyApplication = false;
        for (StackTraceElement frame : stack) {
            if (isApplication(frame) && !loopStarts.has(frame)) {
                if (isInSource(frame)) {
                    return each -> isApplication(each) && isInSource(each) && !loopStarts.has(each);
                }
                anyApplication = true;
            }
        }
        return anyApplication || libraries.hasOwn()
                ? each -> isApplication(each) && !loopStarts.has(each)
                : each -> libraries.isUncatalogued(each.getClassName());
    }

    /** A loop waits for work with this stack for the first time. On the thread of the loop. */
    void loopWaits(List<StackTraceElement> stack) {
        loopStarts.waits(inFiles(stack), frame -> isOutsideOfLibraries(frame.getClassName()));
    }

    /** Whether the class may be the application's, if no other class on a stack is. */
    boolean isUncatalogued(String className) {
        return !libraries.hasOwn() && libraries.isUncatalogued(className);
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
