package io.stallsight.engine.reflect;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.SocketRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import java.lang.reflect.Method;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the file descriptors of a loop's connections, and the lengths of messages that it reads. They are read
 * from the keys of a selector of the JDK, whose classes no application can extend, or by paths of the catalog. Any
 * thread may call it while the loop works. Needs package sun.nio.ch to be open to the engine.
 */
public final class LoopSockets {

    /** Of a connection whose number is not known. */
    public static final int NONE = -1;

    private static final int[] NO_SOCKETS = {};

    private final List<SocketRule> rules;
    private final ClassMap<List<MemberPath>> ofChannel = new ClassMap<>(type -> find(type, SocketRule::descriptor));
    private final ClassMap<List<MemberPath>> ofExecutor = new ClassMap<>(type -> find(type, SocketRule::descriptors));

    private final ClassMap<List<MemberPath>> ofBuffer = new ClassMap<>(type -> find(type, SocketRule::buffer));
    private final ClassMap<List<MemberPath>> ofRead = new ClassMap<>(type -> find(type, SocketRule::read));
    private final ClassMap<List<MemberPath>> ofWritten = new ClassMap<>(type -> find(type, SocketRule::written));

    /** The number of a key of the JDK; null if this JDK has no such method. */
    private final @Nullable Method ofKey = keyMethod();

    public LoopSockets(List<SocketRule> rules) {
        this.rules = rules;
    }

    /** The number of what stands for a connection, or {@link #NONE}. */
    public int descriptor(Object channel) {
        return number(ofChannel, channel);
    }

    /** How many bytes a message has; {@link #NONE} if that is not known. By the loop's thread. */
    public int length(Object message) {
        int written = number(ofWritten, message);
        return written == NONE ? NONE : written - number(ofRead, message);
    }

    /** How many bytes the loop has read of a connection and not decoded; 0 if that is not known. By its thread. */
    public int undecoded(Object channel) {
        Object buffer = follow(ofBuffer, channel);
        return buffer == null ? 0 : Math.max(0, length(buffer));
    }

    private static int number(ClassMap<List<MemberPath>> paths, Object of) {
        for (MemberPath path : paths.get(of.getClass())) {
            if (path.follow(of) instanceof Integer number) {
                return number;
            }
        }
        return NONE;
    }

    /** The numbers of all connections of a loop, at most {@code limit}; empty if they are not known. */
    public int[] descriptors(StallsightLoop loop, int limit) {
        if (loop.selector().get() instanceof Selector selector && isOfJdk(selector)) {
            return ofKeys(selector, limit);
        }
        StallsightQueue queue = loop.queue();
        Object executor = queue == null ? null : queue.executor().get();
        Object found = executor == null ? null : follow(ofExecutor, executor);
        if (found != null && !(found instanceof int[])) {
            found = follow(ofExecutor, found);
        }
        return found instanceof int[] numbers ? without0(numbers, limit) : NO_SOCKETS;
    }

    private static @Nullable Object follow(ClassMap<List<MemberPath>> paths, Object from) {
        for (MemberPath path : paths.get(from.getClass())) {
            Object found = path.follow(from);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isOfJdk(Selector selector) {
        return selector.getClass().getModule() == Object.class.getModule();
    }

    private int[] ofKeys(Selector selector, int limit) {
        int[] numbers = new int[limit];
        int size = 0;
        try {
            for (SelectionKey key : selector.keys()) {
                if (size == limit || ofKey == null) {
                    break;
                }
                if (key.isValid() && (key.interestOps() & SelectionKey.OP_READ) != 0) {
                    numbers[size++] = (int) ofKey.invoke(key);
                }
            }
        } catch (ClosedSelectorException | CancelledKeyException closed) {
            return NO_SOCKETS;
        } catch (ReflectiveOperationException e) {
            StallsightErrors.suppress(e);
            return NO_SOCKETS;
        }
        return Arrays.copyOf(numbers, size);
    }

    /** The array is that of a hash table, which its loop may change. */
    private static int[] without0(int[] table, int limit) {
        int[] numbers = new int[Math.min(limit, table.length)];
        int size = 0;
        for (int i = 0; i < table.length && size < numbers.length; i++) {
            int number = table[i];
            if (number > 0) {
                numbers[size++] = number;
            }
        }
        return Arrays.copyOf(numbers, size);
    }

    private static @Nullable Method keyMethod() {
        try {
            Method method =
                    Class.forName("sun.nio.ch.SelectionKeyImpl", false, null).getDeclaredMethod("getFDVal");
            return method.trySetAccessible() ? method : null;
        } catch (ReflectiveOperationException | LinkageError notInThisJdk) {
            return null;
        }
    }

    private List<MemberPath> find(Class<?> type, Function<SocketRule, @Nullable String> kind) {
        List<MemberPath> paths = new ArrayList<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (SocketRule rule : rules) {
                String path = ClassNames.isOrCopies(at.getName(), rule.className()) ? kind.apply(rule) : null;
                if (path != null) {
                    paths.add(MemberPath.to(path));
                }
            }
        }
        return List.copyOf(paths);
    }
}
