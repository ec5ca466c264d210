package io.stallsight.engine.http;

import java.time.Duration;

/** Limits of what clients can use. At all limits, the server's buffers take less than 10 MB, without responses. */
final class Limits {

    /** Open connections. Each has a thread. A browser opens up to six connections to one host. */
    static final int MAX_CONNECTIONS = 64;

    /** Connections of one address that have not shown the token. One more replaces the oldest of them. */
    static final int MAX_UNTRUSTED_OF_ADDRESS = 32;

    /** Connections that stream events. The rest of the connections remains free for other requests. */
    static final int MAX_STREAMS = 16;

    /** Request line and all header fields together. Browsers send the cookies of all ports of a host. */
    static final int MAX_HEAD_BYTES = 8 * 1024;

    static final int MAX_HEADER_FIELDS = 64;

    static final int MAX_BODY_BYTES = 4 * 1024;

    /** From the end of the last response to the last byte of the next request. Closes slow and idle connections. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** For the client to receive a response, or one event of a stream. */
    static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    /** From a wrong token to its refusal, if the address has sent many of them. */
    static final Duration REFUSAL_DELAY = Duration.ofMillis(500);

    /** Longest silence of a stream. A write is the only way to notice that the client has closed the connection. */
    static final Duration HEARTBEAT_PERIOD = Duration.ofSeconds(10);

    private Limits() {}
}
