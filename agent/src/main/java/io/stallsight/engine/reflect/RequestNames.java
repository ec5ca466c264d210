package io.stallsight.engine.reflect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.RequestRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.thread.Callee;
import io.stallsight.hook.StallsightRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of requests: {@code GET /orders/{id}}. Called on the thread that serves the request, or on one of the agent
 * that may be lost, only for one that is to be reported.
 *
 * <p><b>Problem.</b> A path has the users' numbers in it, and a service gets millions of paths, also from clients that
 * only try them.
 *
 * <p><b>Algorithm.</b> Where a framework has found a route, the route is the name. Otherwise each segment of the path
 * that looks like a value is {@code {id}}. After {@value #MAX_NAMES} names, each further one is {@value #OTHER}.
 */
public final class RequestNames {

    private static final int MAX_NAMES = 1_000;
    private static final int MAX_SEGMENTS = 8;
    private static final int MAX_SEGMENT = 32;

    /** Of requests whose names are too many. */
    public static final String OTHER = "(other)";

    /** A number, or what has a digit and at least eight letters and digits of hexadecimal numbers and UUIDs. */
    private static final Pattern VALUE = Pattern.compile("[0-9]+|(?=.*[0-9])[0-9a-fA-F-]{8,}");

    private final List<RequestRule> rules;
    private final ClassMap<Paths> paths = new ClassMap<>(this::find);
    private final Map<String, String> names = new ConcurrentHashMap<>();

    private record Paths(
            @Nullable MemberPath method,
            @Nullable MemberPath path,
            List<MemberPath> route,
            @Nullable Pattern without) {

        static final Paths NONE = new Paths(null, null, List.of(), null);
    }

    public RequestNames(List<RequestRule> rules) {
        this.rules = rules;
    }

    /** The name; empty if the thread serves no request, or one of which nothing is known. */
    public String of(StallsightRequest served) {
        Object request = served.request();
        return request == null
                ? ""
                : Callee.ofClass(request.getClass()).call(request, () -> nameOf(request, served), "");
    }

    private String nameOf(Object request, StallsightRequest served) {
        Paths known = paths.get(request.getClass());
        String method = text(known.method, request);
        String route = route(served.route());
        if (route.isEmpty()) {
            route = joined(known, request);
        }
        String where = route.isEmpty() ? shape(text(known.path, request)) : route;
        if (where.isEmpty()) {
            return ""; // the server has not read its head yet, or has forgotten it
        }
        String name = method.isEmpty() ? where : method + " " + where;
        String copy = names.get(name);
        if (copy != null) {
            return copy; // one copy of it, as many may be kept
        }
        if (names.size() >= MAX_NAMES) {
            return OTHER;
        }
        names.put(name, name);
        return name;
    }

    private String route(@Nullable Object route) {
        if (route == null) {
            return "";
        }
        return route instanceof String text ? text : joined(paths.get(route.getClass()), route);
    }

    /** Of a route whose last part is not known, nothing is: it is one for all paths. */
    private static String joined(Paths paths, Object from) {
        StringBuilder route = new StringBuilder();
        String part = "";
        for (MemberPath path : paths.route) {
            part = text(path, from);
            boolean ends = route.length() > 0 && route.charAt(route.length() - 1) == '/';
            if (ends && part.startsWith("/")) {
                route.setLength(route.length() - 1);
            } else if (!ends && !part.startsWith("/") && route.length() > 0 && !part.isEmpty()) {
                route.append('/');
            }
            route.append(part);
        }
        if (part.isEmpty()) {
            return "";
        }
        return paths.without == null
                ? route.toString()
                : pathOnly(paths.without.matcher(route).replaceAll(""));
    }

    private static String pathOnly(String left) {
        return left.isEmpty() ? "/" : left;
    }

    private static String text(@Nullable MemberPath path, Object from) {
        return path != null && path.follow(from) instanceof String text ? text : "";
    }

    /** The path without its query, and without values. */
    static String shape(String path) {
        int end = path.indexOf('?');
        String[] segments = (end < 0 ? path : path.substring(0, end)).split("/", -1);
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            if (i > MAX_SEGMENTS) {
                return shape.append("/...").toString();
            }
            String segment = withoutParameters(segments[i]);
            shape.append(i == 0 ? "" : "/").append(isValue(segment) ? "{id}" : segment);
        }
        return shape.toString();
    }

    /** {@code /orders;jsessionid=17} has a session in it. */
    private static String withoutParameters(String segment) {
        int end = segment.indexOf(';');
        return end < 0 ? segment : segment.substring(0, end);
    }

    /** A server that decodes the path lets through line breaks, which would forge lines of the log. */
    private static boolean isValue(String segment) {
        return segment.length() > MAX_SEGMENT
                || segment.chars().anyMatch(Character::isISOControl)
                || VALUE.matcher(segment).matches();
    }

    private Paths find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            RequestRule rule = ruleOf(at);
            if (rule != null) {
                List<MemberPath> route = new ArrayList<>();
                rule.route().forEach(part -> route.add(MemberPath.to(part)));
                return new Paths(
                        MemberPath.of(rule.method()),
                        MemberPath.of(rule.path()),
                        List.copyOf(route),
                        rule.without() == null ? null : shortest(rule.without()));
            }
        }
        return Paths.NONE;
    }

    /** What a glob matches, and as little of that as it can. */
    private static Pattern shortest(String glob) {
        return Pattern.compile("\\Q" + glob.replace("*", "\\E.*?\\Q") + "\\E");
    }

    /** The rule of a class, or of an interface that it names. */
    private @Nullable RequestRule ruleOf(Class<?> type) {
        for (RequestRule rule : rules) {
            if (ClassNames.isOrCopies(type.getName(), rule.className())) {
                return rule;
            }
        }
        for (Class<?> named : type.getInterfaces()) {
            RequestRule rule = ruleOf(named);
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }
}
