package io.stallsight.api;

/** The kinds of blocking calls. The name is the id in reports, JFR events and rules. */
public enum Kind {
    SLEEP("sleeps", "use the framework's timer (Mono.delay, vertx.setTimer, EventLoop.schedule)"),
    JOIN("waits for a thread to end", "compose with a CompletableFuture instead of joining"),
    WAIT("waits for a notification", "replace the hand-off by a callback or a future"),
    LOCK("queues for a lock", "hold the lock more briefly, or do the locked work on a worker pool"),
    FUTURE("waits for a result", "compose (thenCompose, flatMap) instead of get()/join()/block()"),
    QUEUE("waits for a queue", "use offer/poll with a back-pressure signal, or consume on a worker thread"),
    PARK("parks the thread", "wait for the event with a callback instead"),
    MONITOR(
            "queues for a synchronized block",
            "hold the monitor more briefly, or do the synchronized work on a worker pool"),
    SOCKET("does blocking network I/O", "use the framework's client, or move the call to a bounded worker pool"),
    SELECT("waits in a selector", "register with the event loop of the framework"),
    DNS("resolves a name", "use an asynchronous resolver (Netty's DnsAddressResolverGroup) or resolve at start-up"),
    FILE(
            "does file I/O",
            "move it to a bounded worker pool (Schedulers.boundedElastic, vertx.executeBlocking, Dispatchers.IO)"),
    PROCESS("starts or waits for a process", "start it on a worker pool and use Process.onExit()"),
    CONSOLE("reads the console", "read it on a thread of its own"),
    JDBC(
            "calls a database synchronously",
            "use R2DBC, or move the JDBC call to a bounded pool (Schedulers.boundedElastic)"),
    HTTP("calls HTTP synchronously", "use an asynchronous client (WebClient, HttpClient.sendAsync)"),
    GC("runs a full garbage collection", "do not call System.gc()"),
    MARKED("is marked as blocking", "move it to a bounded worker pool"),
    RANDOM("waits for entropy", "use new SecureRandom() (urandom), or seed on another thread");

    private final String what;
    private final String fix;

    Kind(String what, String fix) {
        this.what = what;
        this.fix = fix;
    }

    /** The predicate of a sentence about such a call: {@code reads the console}. */
    public String what() {
        return what;
    }

    /** What to do instead, in one line. */
    public String fix() {
        return fix;
    }
}
