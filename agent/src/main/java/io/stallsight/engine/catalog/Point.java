package io.stallsight.engine.catalog;

import io.stallsight.api.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One hook: a method (or its overloads) of one class, or of all classes of one shape, that is woven.
 *
 * @param id index in the hooks' tables, from 1; 0 stands for a point that is in no catalog
 * @param library the catalog file that the point comes from
 * @param type how the point is woven and what its running means
 * @param target the method that is woven
 * @param label how reports name a call
 * @param operands the objects that the hook gets
 * @param conditions when a call counts
 */
public record Point(
        int id, String library, Type type, Target target, Label label, Operands operands, Conditions conditions) {

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

    /** Class name with dots, or for a shape the name of its API. */
    public String owner() {
        return target.owner();
    }

    public MethodPattern method() {
        return target.method();
    }

    /** Whether a class that is there without the method is a hole to be reported. */
    public boolean mustExist() {
        return target.presence() == Target.Presence.REQUIRED;
    }

    public @Nullable Kind kind() {
        return label.kind();
    }

    /** The class as people know it: {@code PreparedStatement}. */
    public String api() {
        return label.api();
    }

    public @Nullable String doing() {
        return label.doing();
    }

    /** Index of the argument that the call is about, or one of the constants of {@link Operands}. */
    public int subject() {
        return operands.subject();
    }

    public @Nullable String executor() {
        return operands.executor();
    }

    public boolean is(Conditions.Flag flag) {
        return conditions.flags().contains(flag);
    }

    public long minNanos() {
        return conditions.minNanos();
    }

    /** {@code java.io.FileInputStream#read}, the name of the hook in tables, events and logs. */
    public String hook() {
        return owner() + "#" + method().name();
    }

    /** {@code PreparedStatement.executeQuery}. */
    public String apiName() {
        return api() + "." + method().name();
    }
}
