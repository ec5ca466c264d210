package io.stallsight.engine.catalog;

import io.stallsight.api.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One hook: a method (or its overloads) of one class, or of all classes of one shape, that is to be woven.
 *
 * @param id index in the hooks' tables, from 1
 * @param library the file that it comes from
 * @param owner class name with dots, or for a shape its description
 * @param api class as shown to people, for example {@code PreparedStatement}
 * @param doing what happens, for the detail of an enclosing call: {@code socket read}
 * @param subject index of the argument that tells what the call is about, -1 the receiver, {@link #NO_SUBJECT} nothing
 * @param executor field of the receiver that has the executor; null if the receiver is the executor itself
 * @param refuseInside for a scope that blocks only sometimes: strict mode refuses the blocking call inside, not the
 *     scope
 * @param leastNanos a shorter call did not block at all: a park that found its permit
 * @param mustExist a class that is there without the method is a hole to be reported
 */
public record Point(
        int id,
        String library,
        Type type,
        String owner,
        MethodPattern method,
        @Nullable Kind kind,
        String api,
        @Nullable String doing,
        int subject,
        @Nullable String executor,
        boolean onlyInBlockingMode,
        boolean refuseInside,
        long leastNanos,
        boolean mustExist) {

    public static final int RECEIVER = -1;
    public static final int NO_SUBJECT = -2;

    /** How a point is woven and what its running means. */
    public enum Type {
        /**
         * Policies of the application are asked about the call. First, so that nothing of it has begun when they refuse
         * it: of two hooks of a method that of the earlier type runs first.
         */
        POLICY,
        /** The call blocks: measured from entry to exit. */
        BLOCKING,
        /** The call blocks if a blocking point runs inside. */
        SCOPE,
        /** Waiting for work. */
        IDLE,
        /** Waiting for work in a way that only event loops do. */
        LOOP_IDLE,
        /** Waiting for work, and what it returns is the task. */
        TAKE_IDLE,
        /** A task leaves the queue of its executor: it is what the method returns. */
        TAKE,
        /** A task is given to a worker without having been queued. */
        HAND,
        /** A task is put into the queue of its executor. */
        QUEUE,
        /** As {@link #QUEUE}, unless the method throws because the executor refuses the task. */
        OFFER,
        /** A worker begins to run a task that it has taken. */
        RUN,
        /** An executor refuses a task. */
        REJECT,
        /** Something becomes the business of an executor, which is an argument. */
        START,
        /** The subject is handed over, to be run by another thread or later. */
        CARRY,
        /** The subject is run, in the middle of whatever the thread does. */
        RESUME,
        /** The thread turns to what the method returns, in the middle of what a {@link #RESUME} has begun. */
        TURN,
        /** A loop or worker goes on to its next piece of work without waiting. */
        POLL,
        /** A loop processes one I/O event. */
        EVENT,
        /** An event loop begins: its thread must not block from here on. */
        LOOP_BEGIN,
        /** Nothing below is watched: work that the JVM does on any thread. */
        QUIET,
        /** A selector's select: a loop's waiting, or a blocking call. */
        SELECT,
        /** A selector's end. */
        SELECTOR_CLOSE,
        /** An outbound connection is begun; the receiver is the connection. */
        CONNECT,
        /** A connection is closed; the receiver is the connection. */
        DISCONNECT,
        /** A connect that was begun is over; the receiver is the connection. */
        CONNECTED,
        /** Bytes are read; the receiver is the connection. */
        READ,
        /** Bytes are written; the receiver is the connection. */
        WRITE,
        /** What will connect, or ask for a connection, is made: its constructor. The receiver is remembered. */
        MAKE,
        /** What the subject was made by, the receiver (or what it has in a field) is made by as well. */
        PASS,
        /** A pool of connections is asked, from entry to exit; the subject stands for who asks. */
        BORROW,
        /** A pool of connections turns to who asked: it is what the method returns. */
        LEND,
        /** An object is met that can show what the agent knows: the subject, or else what the method returns. */
        HOST,
        /** A thread is started. */
        THREAD_START,
        /** A thread ends. */
        THREAD_END,
        /** Another tool tells of the blocking call in progress. */
        TOOL_REPORT,
        /** Another tool installs itself; the engine does its work instead. */
        TOOL_INSTALL;

        /** A method may have one hook of each group: a connect also blocks, and policies may be asked about it. */
        public int group() {
            return switch (this) {
                case POLICY -> 2;
                case CONNECT, DISCONNECT, CONNECTED, READ, WRITE, MAKE, PASS, BORROW, LEND -> 1;
                default -> 0;
            };
        }

        /** Whether the class that has the point is one that runs tasks or events, of which each is another's work. */
        public boolean isOfWorkers() {
            return isIdle() || this == TAKE;
        }

        /** Whether the point only tells for whom threads work. */
        public boolean isOfContexts() {
            return this == CARRY || this == RESUME || this == TURN;
        }

        /** Whether a thread waits for work in it. */
        public boolean isIdle() {
            return this == IDLE || this == LOOP_IDLE || this == TAKE_IDLE;
        }
    }

    /** {@code java.io.FileInputStream#read}, the name of the hook in tables, events and logs. */
    public String hook() {
        return owner + "#" + method.name();
    }

    /** {@code PreparedStatement.executeQuery}. */
    public String apiName() {
        return api + "." + method.name();
    }
}
