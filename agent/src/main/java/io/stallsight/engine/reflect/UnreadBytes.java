package io.stallsight.engine.reflect;

import io.stallsight.hook.StallsightErrors;
import java.io.FileDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a socket wait to be read, by ioctl(2) with FIONREAD, which changes nothing. The JDK has a native
 * method for it in package sun.nio.ch, which must be open to the engine. A call takes about a microsecond.
 */
public final class UnreadBytes {

    /** The descriptor is closed, or this JDK has no such method. */
    public static final int UNKNOWN = -1;

    private UnreadBytes() {}

    /** Found on first use, which takes longer than a call. */
    private static final class Methods {
        static final @Nullable Method TO_DESCRIPTOR = find("sun.nio.ch.IOUtil", "newFD", int.class);
        static final @Nullable Method AVAILABLE = find("sun.nio.ch.Net", "available", FileDescriptor.class);

        private static @Nullable Method find(String type, String name, Class<?> parameter) {
            try {
                Method method = Class.forName(type, false, null).getDeclaredMethod(name, parameter);
                return method.trySetAccessible() ? method : null;
            } catch (ReflectiveOperationException | LinkageError notInThisJdk) {
                return null;
            }
        }
    }

    /** Of the file descriptor with that number, or {@link #UNKNOWN}. */
    public static int of(int descriptor) {
        Method toDescriptor = Methods.TO_DESCRIPTOR;
        Method available = Methods.AVAILABLE;
        if (toDescriptor == null || available == null) {
            return UNKNOWN;
        }
        try {
            return (int) available.invoke(null, toDescriptor.invoke(null, descriptor));
        } catch (InvocationTargetException closed) {
            return UNKNOWN;
        } catch (ReflectiveOperationException e) {
            StallsightErrors.suppress(e);
            return UNKNOWN;
        }
    }
}
