package io.stallsight.engine.reflect;

import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.thread.Callee;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches a path of references from one object to another, or to the nearest object of a kind. It reads fields,
 * breadth first and within bounds, and calls no method of the application. It does not go on from executors, threads
 * and loaders, because everything is reachable from them.
 */
public final class References {

    private static final Field[] NO_FIELDS = {};

    private static final int MAX_OBJECTS = 20_000;
    private static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_STEPS = 30;

    private record Node(
            Object object, @Nullable Node from, @Nullable Field by, int steps) {}

    /**
     * What is followed.
     *
     * @param fields of a class
     * @param elements whether the elements of arrays are followed
     * @param led an object that counts as found only if a field of {@code leads} leads to it
     */
    private record Edges(
            Function<Class<?>, List<Field>> fields,
            boolean elements,
            @Nullable Object led,
            Function<Class<?>, List<Field>> leads) {

        boolean mayReach(Object next, Object from, @Nullable Field by) {
            return next != led || by != null && leads.apply(from.getClass()).contains(by);
        }
    }

    /** How far a search goes. */
    private record Bounds(int steps, int objects) {}

    private static final Bounds WIDE = new Bounds(MAX_STEPS, MAX_OBJECTS);

    private final ClassMap<List<Field>> fields = new ClassMap<>(type -> find(type));

    /** Objects that were looked at in all searches. */
    private long visited;

    private final Edges all = new Edges(fields::get, true, null, type -> List.of());

    /** The classes on the way from one of the roots to the target, or null if there is none within the bounds. */
    @Nullable
    public List<String> path(List<Object> roots, Object target) {
        Node end = search(roots, target, all, WIDE);
        return end == null ? null : names(end);
    }

    /** The same along {@link Completions#leads} only: each object completes the next. */
    @Nullable
    public List<String> completingPath(List<Object> roots, Object target, Completions completions) {
        Node end = search(roots, target, new Edges(completions::leads, false, null, completions::leads), WIDE);
        return end == null ? null : names(end);
    }

    /** The same along all fields, but the last object of the path completes the target. */
    @Nullable
    public List<String> pathToCompleting(List<Object> roots, Object target, Completions completions) {
        Node end = search(roots, target, new Edges(fields::get, true, target, completions::leads), WIDE);
        return end == null || !isLed(end, completions) ? null : names(end);
    }

    /** All that the roots have at hand, a few steps away, by identity. */
    public Set<Object> near(List<Object> roots, int steps, int objects) {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        search(roots, found, all, new Bounds(steps, objects), found); // no object leads to the set itself
        return found;
    }

    /**
     * How many objects were looked at so far: a measure of the work that does not depend on the load of the machine.
     */
    public long visited() {
        return visited;
    }

    private @Nullable Node search(List<Object> roots, Object target, Edges edges, Bounds bounds) {
        return search(roots, target, edges, bounds, null);
    }

    /** @param found gets all objects that are looked at, if it is not null */
    private @Nullable Node search(
            List<Object> roots, Object target, Edges edges, Bounds bounds, @Nullable Set<Object> found) {
        IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
        ArrayDeque<Node> queue = new ArrayDeque<>();
        for (Object root : roots) {
            if (seen.put(root, true) == null) {
                queue.add(new Node(root, null, null, 0));
            }
        }
        for (Node node = queue.poll(); node != null; node = queue.poll()) {
            visited++;
            if (found != null) {
                found.add(node.object);
            }
            if (node.object == target) {
                return node;
            }
            if (node.steps < bounds.steps && seen.size() < bounds.objects) {
                follow(node, edges, seen, queue, false);
            }
        }
        return null;
    }

    /** A part of what is waited for is led to by what leads to the whole. */
    private static boolean isLed(Node end, Completions completions) {
        for (Node node = end; node.from != null; node = node.from) {
            Field by = node.by;
            if (by == null || !completions.leads(node.from.object.getClass()).contains(by)) {
                return false;
            }
            if (!completions.isPart(node.object)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The nearest object of a kind that a root leads to, or null if there is none within the bounds. Executors, threads
     * and loaders may be found.
     *
     * @param objects the most objects to look at
     */
    @Nullable
    public Object nearest(Object root, Predicate<Object> wanted, int steps, int objects) {
        IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
        ArrayDeque<Node> queue = new ArrayDeque<>();
        seen.put(root, true);
        queue.add(new Node(root, null, null, 0));
        for (Node node = queue.poll(); node != null; node = queue.poll()) {
            if (node.steps > 0 && wanted.test(node.object)) {
                return node.object;
            }
            if (node.steps < steps && seen.size() < objects && (node.steps == 0 || !isLeaf(node.object))) {
                follow(node, all, seen, queue, true);
            }
        }
        return null;
    }

    private static void follow(
            Node node, Edges edges, IdentityHashMap<Object, Boolean> seen, ArrayDeque<Node> queue, boolean leaves) {
        Object object = node.object;
        if (object instanceof Object[] array) {
            for (int i = 0; edges.elements && i < Math.min(array.length, MAX_ELEMENTS); i++) {
                add(array[i], node, null, edges, seen, queue, leaves);
            }
            return;
        }
        for (Field field : edges.fields.apply(object.getClass())) {
            try {
                add(field.get(object), node, field, edges, seen, queue, leaves);
            } catch (IllegalAccessException notOpen) {
                // only fields that are accessible are kept
            }
        }
    }

    private static void add(
            @Nullable Object next,
            Node from,
            @Nullable Field by,
            Edges edges,
            IdentityHashMap<Object, Boolean> seen,
            ArrayDeque<Node> queue,
            boolean leaves) {
        if (next != null
                && (leaves || !isLeaf(next))
                && edges.mayReach(next, from.object, by)
                && seen.put(next, true) == null) {
            queue.add(new Node(next, from, by, from.steps + 1));
        }
    }

    private static boolean isLeaf(Object object) {
        return object instanceof Executor
                || object instanceof CharSequence
                || object instanceof Number
                || object instanceof Class
                || object instanceof ClassLoader
                || object instanceof Thread
                || object instanceof ThreadGroup
                || object instanceof Reference
                || object instanceof Enum
                || object.getClass().isArray()
                        && object.getClass().getComponentType().isPrimitive();
    }

    private static List<Field> find(Class<?> type) {
        List<Field> found = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            try {
                Class<?> declaring = at; // whose loader may be asked for the types of its fields
                for (Field field : Callee.ofClass(at).call(at, declaring::getDeclaredFields, NO_FIELDS)) {
                    if (!field.getType().isPrimitive()
                            && !Modifier.isStatic(field.getModifiers())
                            && field.trySetAccessible()) {
                        found.add(field);
                    }
                }
            } catch (LinkageError | RuntimeException unreadable) {
                // a class whose fields' types are missing
            }
        }
        return List.copyOf(found);
    }

    private static List<String> names(Node end) {
        List<String> names = new ArrayList<>();
        for (Node node = end; node != null; node = node.from) {
            String name = node.object.getClass().getName();
            int hidden = name.indexOf('/'); // a lambda's class has its address in its name
            names.add(hidden < 0 ? name : name.substring(0, hidden));
        }
        Collections.reverse(names);
        return names;
    }
}
