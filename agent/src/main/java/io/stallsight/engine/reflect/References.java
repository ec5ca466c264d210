package io.stallsight.engine.reflect;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches a path of references from one object to another, or to the nearest object of a kind. It reads fields,
 * breadth first and within bounds, and calls no method of the application. It does not go on from executors, threads
 * and loaders, because everything is reachable from them.
 */
public final class References {

    private static final int MAX_OBJECTS = 20_000;
    private static final int MAX_ELEMENTS = 1_000;
    private static final int MAX_STEPS = 30;
    private static final Field[] NONE = {};

    private record Node(Object object, @Nullable Node from, int steps) {}

    private final ClassValue<Field[]> fields = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** The classes on the way from one of the roots to the target, or null if there is none within the bounds. */
    @Nullable
    public List<String> path(List<Object> roots, Object target) {
        IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
        ArrayDeque<Node> queue = new ArrayDeque<>();
        for (Object root : roots) {
            if (seen.put(root, true) == null) {
                queue.add(new Node(root, null, 0));
            }
        }
        for (Node node = queue.poll(); node != null; node = queue.poll()) {
            if (node.object == target) {
                return names(node);
            }
            if (node.steps < MAX_STEPS && seen.size() < MAX_OBJECTS) {
                follow(node, seen, queue, false);
            }
        }
        return null;
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
        queue.add(new Node(root, null, 0));
        for (Node node = queue.poll(); node != null; node = queue.poll()) {
            if (node.steps > 0 && wanted.test(node.object)) {
                return node.object;
            }
            if (node.steps < steps && seen.size() < objects && (node.steps == 0 || !isLeaf(node.object))) {
                follow(node, seen, queue, true);
            }
        }
        return null;
    }

    private void follow(Node node, IdentityHashMap<Object, Boolean> seen, ArrayDeque<Node> queue, boolean leaves) {
        Object object = node.object;
        if (object instanceof Object[] array) {
            for (int i = 0; i < Math.min(array.length, MAX_ELEMENTS); i++) {
                add(array[i], node, seen, queue, leaves);
            }
            return;
        }
        for (Field field : fields.get(object.getClass())) {
            try {
                add(field.get(object), node, seen, queue, leaves);
            } catch (IllegalAccessException notOpen) {
                // only fields that are accessible are kept
            }
        }
    }

    private static void add(
            @Nullable Object next,
            Node from,
            IdentityHashMap<Object, Boolean> seen,
            ArrayDeque<Node> queue,
            boolean leaves) {
        if (next != null && (leaves || !isLeaf(next)) && seen.put(next, true) == null) {
            queue.add(new Node(next, from, from.steps + 1));
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

    private static Field[] find(Class<?> type) {
        List<Field> found = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            try {
                for (Field field : at.getDeclaredFields()) {
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
        return found.toArray(NONE);
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
