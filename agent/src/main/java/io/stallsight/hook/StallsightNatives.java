package io.stallsight.hook;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Stand-ins for public native methods, which have no body to weave: on a JDK where one of them is native, its call
 * sites and method references are rewritten to call the stand-in. Each is named {@code Class_method} after the original
 * and takes its receiver first.
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

    /** The points of type POLICY: about them policies of the application are asked. 0 while there are none. */
    private static final int[] POLICY_POINTS = new int[7];

    private StallsightNatives() {}

    /** Whether there is a stand-in for some method of the class. */
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
     * Binds a stand-in to its woven point.
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

    /** Binds a stand-in to the point about which policies are asked. */
    public static void bindPolicy(String standIn, int point) {
        int index = indexOf(standIn);
        if (index >= 0) {
            POLICY_POINTS[index] = point;
        }
    }

    /** Ends all bindings of {@link #bindPolicy}. */
    public static void unbindPolicies() {
        java.util.Arrays.fill(POLICY_POINTS, 0);
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
        boolean reported = StallsightPolicies.policyEnter(POLICY_POINTS[THREAD_SLEEP]);
        try {
            StallsightSpan call = StallsightCalls.enter(POINTS[THREAD_SLEEP], null, null);
            try {
                Thread.sleep(millis);
            } finally {
                if (call != null) {
                    call.over = true;
                    StallsightCalls.exit(call);
                }
            }
        } finally {
            StallsightPolicies.policyExit(reported);
        }
    }

    /** Not a watched call: a yield does not block. A policy may think otherwise. */
    @SuppressWarnings("ThreadPriorityCheck") // the caller's
    public static void Thread_yield() {
        StallsightPolicies.policyExit(StallsightPolicies.policyEnter(POLICY_POINTS[THREAD_YIELD]));
        Thread.yield();
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public static void Object_wait(Object monitor, long millis) throws InterruptedException {
        boolean reported = StallsightPolicies.policyEnter(POLICY_POINTS[OBJECT_WAIT]);
        try {
            StallsightSpan call = StallsightCalls.enter(POINTS[OBJECT_WAIT], monitor, null);
            try {
                monitor.wait(millis);
            } finally {
                if (call != null) {
                    call.over = true;
                    StallsightCalls.exit(call);
                }
            }
        } finally {
            StallsightPolicies.policyExit(reported);
        }
    }

    public static void FileDescriptor_sync(FileDescriptor descriptor) throws IOException {
        StallsightSpan call = StallsightCalls.enter(POINTS[FILE_DESCRIPTOR_SYNC], descriptor, null);
        try {
            descriptor.sync();
        } finally {
            if (call != null) {
                call.over = true;
                StallsightCalls.exit(call);
            }
        }
    }

    public static long RandomAccessFile_length(RandomAccessFile file) throws IOException {
        StallsightSpan call = StallsightCalls.enter(POINTS[RANDOM_ACCESS_FILE_LENGTH], file, null);
        try {
            return file.length();
        } finally {
            if (call != null) {
                call.over = true;
                StallsightCalls.exit(call);
            }
        }
    }

    public static void RandomAccessFile_setLength(RandomAccessFile file, long length) throws IOException {
        StallsightSpan call = StallsightCalls.enter(POINTS[RANDOM_ACCESS_FILE_SET_LENGTH], file, null);
        try {
            file.setLength(length);
        } finally {
            if (call != null) {
                call.over = true;
                StallsightCalls.exit(call);
            }
        }
    }

    public static void Runtime_gc(Runtime runtime) {
        StallsightSpan call = StallsightCalls.enter(POINTS[RUNTIME_GC], null, null);
        try {
            runtime.gc();
        } finally {
            if (call != null) {
                call.over = true;
                StallsightCalls.exit(call);
            }
        }
    }
}
