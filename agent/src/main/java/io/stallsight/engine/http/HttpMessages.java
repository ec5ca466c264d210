package io.stallsight.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** Converts between the messages of HttpComponents and {@link Request} and {@link Reply}. */
final class HttpMessages {

    /** Headers of each response. The page loads nothing from other hosts, and no other page may put it into a frame. */
    private static final Map<String, String> COMMON_HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private HttpMessages() {}

    /**
     * Reads a request, with its body.
     *
     * @param remote see {@link ClientAddress}
     * @throws BadRequest if the path or the body is not acceptable
     */
    static Request request(ClassicHttpRequest message, String remote) throws BadRequest, IOException {
        String target = message.getPath();
        if (target == null || !target.startsWith("/")) {
            throw new BadRequest("the path must begin with /");
        }
        int mark = target.indexOf('?');
        return new Request(
                message.getMethod(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                remote,
                name -> header(message, name),
                body(message.getEntity()));
    }

    private static @Nullable String header(ClassicHttpRequest message, String name) {
        Header[] all = message.getHeaders(name);
        return all.length == 1 ? all[0].getValue() : null;
    }

    private static String body(@Nullable HttpEntity entity) throws IOException, BadRequest {
        if (entity == null) {
            return "";
        }
        try (InputStream in = entity.getContent()) {
            byte[] bytes = in.readNBytes(Limits.MAX_BODY_BYTES + 1);
            if (bytes.length > Limits.MAX_BODY_BYTES) {
                throw new BadRequest("the body is longer than " + Limits.MAX_BODY_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (MalformedChunkCodingException e) {
            throw new BadRequest("the chunks of the body are not well-formed");
        } catch (ConnectionClosedException e) {
            throw new BadRequest("the body is shorter than its Content-Length");
        }
    }

    static ClassicHttpResponse response(Reply reply, ClassicHttpRequest request) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        COMMON_HEADERS.forEach(response::setHeader);
        reply.headers().forEach(response::setHeader);
        if (!request.getMethod().equals("HEAD") && reply.status() != HttpStatus.SC_NOT_MODIFIED) {
            response.setEntity(entity(reply));
        }
        return response;
    }

    private static HttpEntity entity(Reply reply) {
        ContentType type = ContentType.parseLenient(reply.contentType());
        Reply.Stream stream = reply.stream();
        if (stream == null) {
            return new ByteArrayEntity(reply.body(), type);
        }
        return new EntityTemplate(-1, type, null, out -> write(stream, out));
    }

    private static void write(Reply.Stream stream, OutputStream out) throws IOException {
        try {
            stream.writeTo(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The bytes of a response for a connection on which no request could be read. */
    static byte[] refusal(int status) {
        String reason = status == 431 ? "Request Header Fields Too Large" : "Service Unavailable";
        return ("HTTP/1.1 " + status + " " + reason + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
