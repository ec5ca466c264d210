package io.stallsight.engine.http;

import java.time.Duration;

/** What a client may take. With all of it taken, the server's buffers are less than 10 MB besides the answers. */
final class Limits {

    /** Open connections; each has a thread. Browsers open six to one host. */
    static final int CONNECTIONS = 64;

    /** Of these, streams of events. */
    static final int STREAMS = 16;

    /** Of the request line and all header fields together, bytes. Browsers send the cookies of all ports of a host. */
    static final int HEAD = 8 * 1024;

    static final int HEADER_FIELDS = 64;

    static final int BODY = 4 * 1024;

    /** A request must have come whole in this time from the end of the former one: slow ones and idle ones are cut. */
    static final Duration REQUEST = Duration.ofSeconds(10);

    /** An answer, or one event of a stream, must have been taken in this time. */
    static final Duration ANSWER = Duration.ofSeconds(10);

    /** A stream says something this often, so that it is noticed when nobody listens any more. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private Limits() {}
}
