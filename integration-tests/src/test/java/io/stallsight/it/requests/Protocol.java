package io.stallsight.it.requests;

/** What a {@link TaggedClient} speaks. HTTP/2 is without TLS and without an upgrade. */
public enum Protocol {
    HTTP_1,
    HTTP_2,
    /** Unary calls, whose request and answer are UTF-8 texts. */
    GRPC
}
