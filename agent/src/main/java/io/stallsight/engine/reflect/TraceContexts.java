package io.stallsight.engine.reflect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.TraceRule;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.hook.StallsightErrors;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that is current on a thread, as the tracers of the application know it.
 *
 * <p><b>Problem.</b> Who reads a report wants to open the trace of the request. A tracer keeps what is current in a
 * place of its own, which it moves from thread to thread as well as its instrumentation can.
 *
 * <p><b>Algorithm.</b> Hooks have met an object of each tracer, the host; an entry of the catalog leads from there to
 * the ids. They are read by calls of the tracer's methods that read a thread-local, on the thread that is reported, and
 * only when something is reported. The ids of a tracer that is not recording are zeros, which W3C calls <a
 * href="https://www.w3.org/TR/trace-context/#trace-id">invalid</a>.
 *
 * <p><b>Invariants.</b> Hosts are held weakly, and what is known of their classes by these classes. Thread-safe.
 *
 * <p><b>Given up.</b> Of more than {@value #MAX_HOSTS} tracers in one JVM, the oldest are not asked.
 */
public final class TraceContexts {

    private static final int MAX_HOSTS = 8;
    private static final Pattern ID = Pattern.compile("(?!0+$)(?:[0-9a-f]{16}){1,2}");

    private final List<TraceRule> rules;
    private final List<WeakReference<Object>> hosts = new CopyOnWriteArrayList<>();
    private final ClassMap<Access> accesses = new ClassMap<>(this::find);

    /** How ids are read from a host of one class; {@code trace} is null if no rule is about that class. */
    private record Access(
            @Nullable MethodHandle current,
            @Nullable PublicPath trace,
            @Nullable PublicPath span,
            @Nullable PublicPath event) {

        static final Access NONE = new Access(null, null, null, null);
    }

    /** What is current on a thread, and the ids read from there. */
    private record Current(Access access, Object from, String trace, String span) {}

    public TraceContexts(List<TraceRule> rules) {
        this.rules = rules;
    }

    /** The application uses a tracer. It loads classes of the tracer, so it is called by threads of the agent. */
    public synchronized void found(Object host) {
        Access access = accesses.get(host.getClass());
        hosts.removeIf(known -> known.refersTo(null) || known.refersTo(host));
        boolean isOneOfMany = access.current != null && hasOneOf(host.getClass());
        if (access.trace != null && !isOneOfMany) {
            if (hosts.size() == MAX_HOSTS) {
                hosts.remove(0);
            }
            hosts.add(new WeakReference<>(host));
            current(); // loads what the first look loads
        }
    }

    private boolean hasOneOf(Class<?> hostClass) {
        for (WeakReference<Object> reference : hosts) {
            Object host = reference.get();
            if (host != null && host.getClass() == hostClass) {
                return true;
            }
        }
        return false;
    }

    /** This request with the current thread's trace; the first tracer that knows one is believed. */
    public Request add(Request request) {
        Current current = current();
        return current == null ? request : request.withTrace(current.trace, current.span);
    }

    /** The current thread's span gets an event with this text, if there is a span. */
    public void addEvent(String text) {
        Current current = current();
        if (current == null || current.access.event == null) {
            return;
        }
        try {
            current.access.event.call(current.from, text);
        } catch (Throwable t) {
            failed(t);
        }
    }

    private @Nullable Current current() {
        for (WeakReference<Object> reference : hosts) {
            Object host = reference.get();
            if (host != null) {
                Access access = accesses.get(host.getClass());
                Object from = access.current == null ? host : call(access.current);
                String trace = id(access.trace, from);
                String span = id(access.span, from);
                if (from != null && !trace.isEmpty() && !span.isEmpty()) {
                    return new Current(access, from, trace, span);
                }
            }
        }
        return null;
    }

    private static String id(@Nullable PublicPath path, @Nullable Object from) {
        try {
            return path != null
                            && from != null
                            && path.follow(from) instanceof String id
                            && ID.matcher(id).matches()
                    ? id
                    : "";
        } catch (Throwable t) {
            failed(t);
            return "";
        }
    }

    private static @Nullable Object call(MethodHandle current) {
        try {
            return (Object) current.invokeExact();
        } catch (Throwable t) {
            failed(t);
            return null;
        }
    }

    /** A linkage error is the application's own failure: its loader is closed. */
    private static void failed(Throwable failure) {
        if (!(failure instanceof LinkageError)) {
            StallsightErrors.suppress(failure);
        }
    }

    private Access find(Class<?> hostClass) {
        for (Class<?> at = hostClass; at != null; at = at.getSuperclass()) {
            for (TraceRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    return access(rule, at);
                }
            }
        }
        return Access.NONE;
    }

    /** A part of the library may be missing: then it knows no trace. */
    private static Access access(TraceRule rule, Class<?> hostClass) {
        try {
            Method current = rule.current() == null
                    ? null
                    : method(rule.current(), hostClass, ClassNames.moved(hostClass.getName(), rule.className()));
            Class<?> from = current == null ? hostClass : current.getReturnType();
            return new Access(
                    current == null
                            ? null
                            : MethodHandles.publicLookup()
                                    .unreflect(current)
                                    .asType(MethodType.methodType(Object.class)),
                    PublicPath.to(from, rule.trace()),
                    PublicPath.to(from, rule.span()),
                    rule.event() == null ? null : PublicPath.toTextMethod(from, rule.event()));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Access.NONE;
        }
    }

    private static Method method(String text, Class<?> hostClass, String moved) throws ReflectiveOperationException {
        int hash = text.indexOf('#');
        return Class.forName(moved + text.substring(0, hash), true, hostClass.getClassLoader())
                .getMethod(text.substring(hash + 1));
    }
}
