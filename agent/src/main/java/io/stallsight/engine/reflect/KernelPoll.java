package io.stallsight.engine.reflect;

import io.stallsight.hook.StallsightErrors;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel which file descriptors are readable, by poll(2) with timeout 0. The call takes nothing from the
 * descriptors and changes nothing; asking a loop's own epoll descriptor could take events from the application. The JDK
 * has a native method for it on every Unix, in package sun.nio.ch, which must be open to the engine. Used by one
 * thread.
 */
public final class KernelPoll {

    /** Size and fields of {@code struct pollfd}: int fd, short events, short revents. */
    private static final int SIZE = 8;

    private static final int EVENTS = 4;
    private static final int FOUND = 6;

    /** POLLIN of poll.h, on Linux, macOS and AIX. */
    private static final short READABLE = 1;

    private final Method poll;
    private final ByteBuffer structs;
    private final long address;

    private KernelPoll(Method poll, ByteBuffer structs, long address) {
        this.poll = poll;
        this.structs = structs;
        this.address = address;
    }

    /**
     * Null if this JDK has no such method.
     *
     * @param limit the largest number of descriptors for a call
     */
    public static @Nullable KernelPoll forAtMost(int limit) {
        try {
            Method poll = Class.forName("sun.nio.ch.PollSelectorImpl", false, null)
                    .getDeclaredMethod("poll", long.class, int.class, int.class);
            Method addressOf =
                    Class.forName("sun.nio.ch.DirectBuffer", false, null).getMethod("address");
            if (!poll.trySetAccessible() || !addressOf.trySetAccessible()) {
                return null;
            }
            ByteBuffer structs = ByteBuffer.allocateDirect(limit * SIZE).order(ByteOrder.nativeOrder());
            return new KernelPoll(poll, structs, (long) addressOf.invoke(structs));
        } catch (ReflectiveOperationException | LinkageError notInThisJdk) {
            return null;
        }
    }

    /** The descriptor with that number, from 0 on, to ask about. */
    public void set(int index, int descriptor) {
        structs.putInt(index * SIZE, descriptor);
        structs.putShort(index * SIZE + EVENTS, READABLE);
        structs.putShort(index * SIZE + FOUND, (short) 0);
    }

    /** Asks about the first {@code size} descriptors; returns whether one is readable, or closed. */
    public boolean ask(int size) {
        try {
            return (int) poll.invoke(null, address, size, 0) > 0;
        } catch (ReflectiveOperationException e) {
            StallsightErrors.suppress(e);
            return false;
        }
    }

    /** Whether the last {@link #ask} found the descriptor with that number readable. */
    public boolean isReadable(int index) {
        return (structs.getShort(index * SIZE + FOUND) & READABLE) != 0;
    }
}
