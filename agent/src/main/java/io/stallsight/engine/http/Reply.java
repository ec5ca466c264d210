package io.stallsight.engine.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The response to a request. Immutable, as long as nobody writes into the array of its body. */
final class Reply {

    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";
    static final String HTML = "text/html; charset=utf-8";

    /** Shorter bodies gain nothing from compression: they fit into one packet. */
    private static final int MIN_COMPRESSED_BYTES = 1024;

    /** A body without a known end. Writes until the client closes the connection or the server stops. */
    @FunctionalInterface
    interface Stream {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;
    private final @Nullable Stream stream;

    private Reply(int status, String contentType, byte[] body, Map<String, String> headers, @Nullable Stream stream) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
        this.stream = stream;
    }

    int status() {
        return status;
    }

    /** Returns whether the client gets this reply after a pause, as it has sent too many wrong tokens. */
    boolean isDelayed() {
        return status == 429;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    /** Headers of this response, besides content type, content length and the headers that all responses have. */
    Map<String, String> headers() {
        return headers;
    }

    /** Returns the stream that writes the body, or null if {@link #body} is the whole body. */
    @Nullable
    Stream stream() {
        return stream;
    }

    static Reply of(int status, String contentType, String text) {
        return new Reply(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of(), null);
    }

    static Reply ok(String contentType, String text) {
        return of(200, contentType, text);
    }

    static Reply text(int status, String text) {
        return of(status, TEXT, text + "\n");
    }

    static Reply events(Stream stream) {
        return new Reply(200, "text/event-stream; charset=utf-8", new byte[0], Map.of(), stream);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more, stream);
    }

    /** Returns this reply, compressed if the client accepts gzip. */
    Reply compressedFor(@Nullable String acceptEncoding) {
        if (acceptEncoding == null || !acceptEncoding.contains("gzip") || body.length < MIN_COMPRESSED_BYTES) {
            return this;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the stream is in memory
        }
        return new Reply(status, contentType, bytes.toByteArray(), headers, null)
                .with("Content-Encoding", "gzip")
                .with("Vary", "Accept-Encoding");
    }
}
