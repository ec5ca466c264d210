package io.stallsight.hook;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Stand-ins for public native methods, which have no body to weave: on a JDK where one of them is native, its call
 * sites and method references are rewritten to call the stand-in. Each is named {@code Class_method} after the original
 * and takes its receiver first.
 *
 * <p>They call {@link StallsightCall#exit} directly: the stand-in's own frame then takes the place of
 * {@link StallsightHook#exit} in the fixed number of frames that the JFR output leaves out of its stack traces.
 */
public final class StallsightNatives {

    private static final int THREAD_SLEEP = 0;
    private static final int OBJECT_WAIT = 1;
    private static final int FILE_DESCRIPTOR_SYNC = 2;
    private static final int RANDOM_ACCESS_FILE_LENGTH = 3;
    private static final int RANDOM_ACCESS_FILE_SET_LENGTH = 4;
    private static final int RUNTIME_GC = 5;
    private static final int THREAD_YIELD = 6;
    private static final int[] POINTS = new int[7];

    /** Points about which policies are asked; 0 while nobody is. */
    private static final int[] ASKED = new int[7];

    private StallsightNatives() {}

    /** Whether this class stands in for some method of the class. */
    public static boolean standsInFor(String className) {
        switch (className) {
            case "java.lang.Thread":
            case "java.lang.Object":
            case "java.lang.Runtime":
            case "java.io.FileDescriptor":
            case "java.io.RandomAccessFile":
                return true;
            default:
                return false;
        }
    }

    /**
     * Tells a stand-in which hook it is.
     *
     * @return whether there is a stand-in of this name
     */
    public static boolean bind(String standIn, int point) {
        int index = indexOf(standIn);
        if (index >= 0) {
            POINTS[index] = point;
        }
        return index >= 0;
    }

    /** Whether there is a stand-in of this name. */
    public static boolean has(String standIn) {
        return indexOf(standIn) >= 0;
    }

    /** Tells a stand-in about which point policies are to be asked. */
    public static void bindAsked(String standIn, int point) {
        int index = indexOf(standIn);
        if (index >= 0) {
            ASKED[index] = point;
        }
    }

    /** Nobody is asked any more. */
    public static void unbindAsked() {
        java.util.Arrays.fill(ASKED, 0);
    }

    private static int indexOf(String standIn) {
        switch (standIn) {
            case "Thread_sleep(J)V":
                return THREAD_SLEEP;
            case "Object_wait(J)V":
                return OBJECT_WAIT;
            case "FileDescriptor_sync()V":
                return FILE_DESCRIPTOR_SYNC;
            case "RandomAccessFile_length()J":
                return RANDOM_ACCESS_FILE_LENGTH;
            case "RandomAccessFile_setLength(J)V":
                return RANDOM_ACCESS_FILE_SET_LENGTH;
            case "Runtime_gc()V":
                return RUNTIME_GC;
            case "Thread_yield()V":
                return THREAD_YIELD;
            default:
                return -1;
        }
    }

    public static void Thread_sleep(long millis) throws InterruptedException {
        boolean asked = StallsightPolicies.ask(ASKED[THREAD_SLEEP]);
        try {
            long token = StallsightHook.enter(POINTS[THREAD_SLEEP], null, null);
            try {
                Thread.sleep(millis);
            } finally {
                StallsightCall.exit(token);
            }
        } finally {
            StallsightPolicies.asked(asked);
        }
    }

    /** Nothing is watched here: a yield is no blocking call, but a policy may think so. */
    @SuppressWarnings("ThreadPriorityCheck") // the caller's
    public static void Thread_yield() {
        StallsightPolicies.asked(StallsightPolicies.ask(ASKED[THREAD_YIELD]));
        Thread.yield();
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public static void Object_wait(Object monitor, long millis) throws InterruptedException {
        boolean asked = StallsightPolicies.ask(ASKED[OBJECT_WAIT]);
        try {
            long token = StallsightHook.enter(POINTS[OBJECT_WAIT], monitor, null);
            try {
                monitor.wait(millis);
            } finally {
                StallsightCall.exit(token);
            }
        } finally {
            StallsightPolicies.asked(asked);
        }
    }

    public static void FileDescriptor_sync(FileDescriptor descriptor) throws IOException {
        long token = StallsightHook.enter(POINTS[FILE_DESCRIPTOR_SYNC], descriptor, null);
        try {
            descriptor.sync();
        } finally {
            StallsightCall.exit(token);
        }
    }

    public static long RandomAccessFile_length(RandomAccessFile file) throws IOException {
        long token = StallsightHook.enter(POINTS[RANDOM_ACCESS_FILE_LENGTH], file, null);
        try {
            return file.length();
        } finally {
            StallsightCall.exit(token);
        }
    }

    public static void RandomAccessFile_setLength(RandomAccessFile file, long length) throws IOException {
        long token = StallsightHook.enter(POINTS[RANDOM_ACCESS_FILE_SET_LENGTH], file, null);
        try {
            file.setLength(length);
        } finally {
            StallsightCall.exit(token);
        }
    }

    public static void Runtime_gc(Runtime runtime) {
        long token = StallsightHook.enter(POINTS[RUNTIME_GC], null, null);
        try {
            runtime.gc();
        } finally {
            StallsightCall.exit(token);
        }
    }
}
