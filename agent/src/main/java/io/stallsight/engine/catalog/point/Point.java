package io.stallsight.engine.catalog.point;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.entry.MethodPattern;
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

    /**
     * How a point is woven and what its running means. The catalog's section and {@code at}, the type, its advice and
     * its hook have one name: entries of section {@code task} with {@code "at": "queue"} are points of type
     * {@link #QUEUE}, which {@code QueueAdvice} weaves and {@code StallsightTasks.queue} observes.
     *
     * <p>A method may have several points. Their advice runs in the order of this list.
     */
    public enum Type {
        /** Policies of the application decide about the call. First: nothing of a refused call has begun. */
        POLICY("policy"),
        /** The call blocks: measured from entry to exit. */
        BLOCKING("blocking"),
        /** The call blocks if a blocking point runs inside. */
        SCOPE("blocking", null, "scope"),
        /** The thread waits for work. */
        IDLE("idle"),
        /** The thread waits for work in a way that only event loops do. */
        LOOP_IDLE("idle", null, "loop"),
        /** As {@link #LOOP_IDLE}; the method returns the number of ready I/O events. */
        COUNT_IDLE("idle", null, "counts"),
        /** As {@link #COUNT_IDLE}; the method returns the number in the upper half of a {@code long}. */
        COUNT_UPPER_IDLE("idle", null, "countsUpper"),
        /** The thread waits for work; the method returns the task. */
        TAKE_IDLE("idle", null, "takes"),
        /** The thread idles after a round of work, of which the subject says how much it did. */
        ROUND_IDLE("idle", null, "rounds"),
        /** A task leaves the queue of its executor; the method returns it. */
        TAKE("task", "take"),
        /** As {@link #TAKE}, but it is not said which thread runs the task. */
        LEAVE("task", "leave"),
        /** A worker gets a task that was not queued. */
        HAND("task", "hand"),
        /** A task enters the queue of its executor. */
        QUEUE("task", "queue"),
        /** As {@link #QUEUE}, unless the method throws because the executor refuses the task. */
        OFFER("task", "queue", "refuses"),
        /** A worker begins to run a task that it has taken. */
        RUN("task", "run"),
        /** The thread runs tasks of an executor from here on, until it takes one elsewhere. */
        WORK("task", "work"),
        /** An executor refuses a task. */
        REJECT("task", "reject"),
        /** The receiver becomes work of an executor, which is the subject. */
        START("task", "start"),
        /** The subject is handed over: another thread runs it, or this one later. */
        CARRY("context", "carry"),
        /** As {@link #CARRY}, but several may hand the subject over before it runs, and it works for all of them. */
        SHARE("context", "share"),
        /** The constructor of what runs later: it belongs to the work of the thread that creates it. */
        CREATE("context", "create"),
        /** The thread runs the subject, in the middle of other work. */
        RESUME("context", "resume"),
        /** Within a {@link #RESUME}, the thread turns to the object that the method returns. */
        TURN("context", "turn"),
        /** A loop or worker goes on to its next piece of work without waiting. */
        POLL("loop", "poll"),
        /** A loop begins a round of work, unless the end of its wait has begun it. */
        ROUND("loop", "round"),
        /** A loop processes one I/O event. */
        EVENT("loop", "event"),
        /** An event loop begins: its thread must not block from here on. */
        LOOP_BEGIN("loop", "begin"),
        /** The thread leaves its loop for work that may block. */
        LOOP_END("loop", "end"),
        /** Nothing below is watched: work that the JVM does on any thread. */
        QUIET("quiet"),
        /** A selector's select: a loop's waiting, or a blocking call. */
        SELECT("selector", "select"),
        /** A selector is closed. */
        SELECTOR_CLOSE("selector", "close"),
        /** An outbound connection is begun; the receiver is the connection. */
        CONNECT("connection", "connect"),
        /** A connection is closed; the receiver is the connection. */
        DISCONNECT("connection", "disconnect"),
        /** A connection is accepted; the receiver is the channel that listens. */
        ACCEPT("connection", "accept"),
        /** A connect that was begun is over; the receiver is the connection. */
        CONNECTED("connection", "connected"),
        /** Bytes are read; the receiver is the connection. */
        READ("connection", "read"),
        /** Bytes are written; the receiver is the connection. */
        WRITE("connection", "write"),
        /** A client has begun a request, the receiver; it is over when the future completes that the method returns. */
        EXCHANGE_SEND("exchange", "send"),
        /** The receiver begins a request, the subject. */
        EXCHANGE_BEGIN("exchange", "begin"),
        /** A request, the receiver, is over, unless it is already. */
        EXCHANGE_END("exchange", "end"),
        /** A request, the receiver, has failed or is cancelled, unless it is over already. */
        EXCHANGE_FAIL("exchange", "fail"),
        /** The constructor of an object that connects, or borrows a connection, later: its caller is the site. */
        MAKE("origin", "make"),
        /** The site that made the subject counts as the site that made the receiver, or its field. */
        PASS("origin", "pass"),
        /** A pool of connections is called, from entry to exit, for one connection; the subject is the borrower. */
        BORROW("borrow", "borrow"),
        /** A pool of connections turns to a borrower, which the method returns. */
        LEND("borrow", "lend"),
        /** A pool waits for a connection, from entry to exit, and returns it. */
        LEASE_BEGIN("lease", "begin"),
        /** A borrowed connection, the subject, comes back to its pool. */
        LEASE_END("lease", "end"),
        /** A pool, the receiver, is called for a connection; how long the caller waits, and has it, is not seen. */
        LEASE_ASK("lease", "ask"),
        /** A semaphore is made; the receiver is the semaphore. */
        PERMIT_MAKE("permit", "make"),
        /** The receiver is a limit of work that keeps its permits in a semaphore, its field. */
        PERMIT_OWN("permit", "own"),
        /** Permits of the receiver, the subject, are acquired once the method returns. */
        PERMIT_ACQUIRE("permit", "acquire"),
        /** Permits of the receiver, the subject, are acquired if the method returns true. */
        PERMIT_TRY("permit", "try"),
        /** Permits of the receiver, the subject, are released. */
        PERMIT_RELEASE("permit", "release"),
        /** A server calls the application for a request, the subject, from entry to exit. */
        SERVE("request", "serve"),
        /** A framework has found the route, the subject, of the request that the thread serves. */
        ROUTE("request", "route"),
        /** A tracer is about to make another trace current on the thread. */
        TRACE("request", "trace"),
        /** The subject, or else the object that the method returns, can show the agent's numbers. */
        HOST("host"),
        /** A thread is started. */
        THREAD_START("thread", "start"),
        /** A thread ends. */
        THREAD_END("thread", "end"),
        /** Another tool reports the blocking call in progress. */
        TOOL_REPORT("tool", "report"),
        /** Another tool installs itself; the engine does its work instead. */
        TOOL_INSTALL("tool", "install"),
        /** JFR records a stack: the method returns how many frames it leaves out, and the agent's own are added. */
        SKIP("skip");

        private final String section;
        private final @Nullable String at;
        private final @Nullable String flag;

        Type(String section) {
            this(section, null, null);
        }

        Type(String section, @Nullable String at) {
            this(section, at, null);
        }

        Type(String section, @Nullable String at, @Nullable String flag) {
            this.section = section;
            this.at = at;
            this.flag = flag;
        }

        /** The section of catalog files whose entries are points of this type. */
        public String section() {
            return section;
        }

        /** The value of {@code at} in the entry; null in a section with one kind of point. */
        @Nullable
        public String at() {
            return at;
        }

        /** The key that is true in the entry; null if the section and {@code at} are enough. */
        @Nullable
        public String flag() {
            return flag;
        }

        /** A method may have one hook of each group: a connect also blocks, and policies may decide about it. */
        public int group() {
            return switch (this) {
                case POLICY -> 2;
                case CONNECT,
                        DISCONNECT,
                        ACCEPT,
                        CONNECTED,
                        READ,
                        WRITE,
                        EXCHANGE_SEND,
                        EXCHANGE_BEGIN,
                        EXCHANGE_END,
                        EXCHANGE_FAIL,
                        MAKE,
                        PASS,
                        BORROW,
                        LEND,
                        LEASE_BEGIN,
                        LEASE_END,
                        LEASE_ASK,
                        PERMIT_MAKE,
                        PERMIT_OWN,
                        PERMIT_ACQUIRE,
                        PERMIT_TRY,
                        PERMIT_RELEASE,
                        SERVE,
                        ROUTE,
                        TRACE -> 1;
                default -> 0;
            };
        }

        /**
         * The work that a call without an argument for it stands for: a method of a semaphore is about one permit, any
         * other is called after a round without work.
         */
        public int workOfNoArgument() {
            return switch (this) {
                case PERMIT_ACQUIRE, PERMIT_TRY, PERMIT_RELEASE -> 1;
                default -> 0;
            };
        }

        /** Whether the class with the point runs tasks or events, each of which is work of another caller. */
        public boolean isOfWorkers() {
            return isIdle() || this == TAKE;
        }

        /** Whether the point only attributes work to a context. */
        public boolean isOfContexts() {
            return this == CARRY || this == SHARE || this == CREATE || this == RESUME || this == TURN;
        }

        /** Whether a thread waits for work in it as only event loops do. */
        public boolean isLoopIdle() {
            return this == LOOP_IDLE || this == COUNT_IDLE || this == COUNT_UPPER_IDLE;
        }

        /** Whether a thread waits for work in it. */
        public boolean isIdle() {
            return this == IDLE || this == TAKE_IDLE || this == ROUND_IDLE || isLoopIdle();
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

    /** Of the receiver, see {@link Operands#field}. */
    public @Nullable String field() {
        return operands.field();
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

    /** Written out: the JVM would link a record's own equality for the first table of hooks, which takes 30 ms. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Point that
                && id == that.id
                && library.equals(that.library)
                && type == that.type
                && target.equals(that.target)
                && label.equals(that.label)
                && operands.equals(that.operands)
                && conditions.equals(that.conditions);
    }

    @Override
    public int hashCode() {
        return 31 * id + type.name().hashCode();
    }

    /** {@code PreparedStatement.executeQuery}. */
    public String apiName() {
        return api() + "." + method().name();
    }
}
