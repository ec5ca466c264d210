package io.stallsight.engine.stack;

import io.stallsight.engine.memory.BoundedMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says by the loaded classes of this JVM whether the class of a frame extends a class or implements an interface.
 * Thread-safe.
 *
 * <p><b>Problem.</b> Class loaders of any framework override {@code loadClass}, and the JVM calls the override. The
 * frame of a stack has only the name of a class that nobody has heard of.
 *
 * <p><b>Algorithm.</b> The frame's class is loaded, as it is on a stack. If that is the stack of the current thread, a
 * {@link StackWalker} has the class itself. If it is another thread's, the JVM's list of all loaded classes has it.
 * Each answer is remembered by name, so each name is looked up once.
 *
 * <p><b>Given up.</b> Two classes of the same name in two loaders get one answer, that of the class that was seen
 * first.
 */
public final class LoadedSubclasses implements Subclasses {

    /** Only classes with a method that a rule about overrides names are looked up. */
    private static final int MAX_REMEMBERED = 1_000;

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private record Question(String className, String superclass) {}

    private final Supplier<Class<?>[]> loaded;
    private final BoundedMap<Question, Boolean> answers = new BoundedMap<>(MAX_REMEMBERED);

    /** @param loaded all classes of the JVM; asked on the thread that has the question */
    public LoadedSubclasses(Supplier<Class<?>[]> loaded) {
        this.loaded = loaded;
    }

    @Override
    public boolean isSubclass(String className, String superclass) {
        Question question = new Question(className, superclass);
        Boolean answer = answers.get(question);
        return answer == null ? answers.putIfAbsent(question, find(className, superclass)) : answer;
    }

    private boolean find(String className, String superclass) {
        Optional<Class<?>> here = WALKER.walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(type -> type.getName().equals(className))
                .findFirst());
        Class<?> type = here.isPresent() ? here.get() : loadedClass(className);
        return type != null && extendsClass(type, superclass);
    }

    private @Nullable Class<?> loadedClass(String className) {
        for (Class<?> type : loaded.get()) {
            if (type.getName().equals(className)) {
                return type;
            }
        }
        return null;
    }

    private static boolean extendsClass(Class<?> type, String superclass) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            if (above.getName().equals(superclass)) {
                return true;
            }
            for (Class<?> implemented : above.getInterfaces()) {
                if (extendsClass(implemented, superclass)) {
                    return true;
                }
            }
        }
        return false;
    }
}
