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

/** One answer. Immutable, if nobody writes into its body. */
final class Reply {

    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";
    static final String HTML = "text/html; charset=utf-8";

    /** Not worth it below. */
    private static final int LEAST_TO_COMPRESS = 1024;

    /** Writes until the client has gone or the server ends. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;
    private final @Nullable Body stream;

    private Reply(int status, String contentType, byte[] body, Map<String, String> headers, @Nullable Body stream) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
        this.stream = stream;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    /** Besides the content's type and length, and what every answer has. */
    Map<String, String> headers() {
        return headers;
    }

    /** Writes a body that has no known end; null if {@link #body} is all. */
    @Nullable
    Body stream() {
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

    static Reply events(Body stream) {
        return new Reply(200, "text/event-stream; charset=utf-8", new byte[0], Map.of(), stream);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more, stream);
    }

    /** The same, compressed if the client takes that. */
    Reply compressedFor(@Nullable String acceptEncoding) {
        if (acceptEncoding == null || !acceptEncoding.contains("gzip") || body.length < LEAST_TO_COMPRESS) {
            return this;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return new Reply(status, contentType, bytes.toByteArray(), headers, null)
                .with("Content-Encoding", "gzip")
                .with("Vary", "Accept-Encoding");
    }
}
