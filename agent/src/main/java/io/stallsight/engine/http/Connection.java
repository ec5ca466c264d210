package io.stallsight.engine.http;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** One connection, on a thread of its own until either end closes it. */
final class Connection implements EventFeed.Watch {

    private static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(Limits.HEAD)
            .setMaxHeaderCount(Limits.HEADER_FIELDS)
            .setBufferSize(Limits.HEAD)
            .build();

    /** What every answer has; the page needs nothing from elsewhere and nobody may frame it. */
    private static final Map<String, String> HEADERS = Map.of(
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

    private final GuardedSocket socket;
    private final Router router;
    private final AgentThread thread;

    /** @param over told when the connection has ended, on its thread */
    Connection(GuardedSocket socket, Router router, String name, Runnable over) {
        this.socket = socket;
        this.router = router;
        this.thread = new AgentThread(name, () -> {
            try {
                serve();
            } finally {
                close();
                over.run();
            }
        });
    }

    void start() {
        socket.allow(Limits.REQUEST);
        thread.start();
    }

    /** Cuts it if its peer is too slow. */
    void cutIfLate() {
        if (socket.isLate()) {
            close();
        }
    }

    /** From any thread; what the connection's own thread does fails then. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // closed all the same
        }
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    @Override
    public void writing() {
        socket.allow(Limits.ANSWER);
    }

    @Override
    public void written() {
        socket.allowAnyTime();
    }

    private void serve() {
        HttpService service = HttpService.builder()
                .withHttpProcessor(HttpProcessors.customServer("stallsight").build())
                .withHttpServerRequestHandler(this::handle)
                .withHttp1Config(HTTP)
                .build();
        try (DefaultBHttpServerConnection connection = new DefaultBHttpServerConnection(
                "http", HTTP, null, null, null, null, new DefaultHttpRequestParserFactory(HTTP), null)) {
            connection.bind(socket);
            while (connection.isOpen()) {
                socket.allowBytes(Limits.HEAD + Limits.BODY);
                socket.allow(Limits.REQUEST);
                service.handleRequest(connection, HttpCoreContext.create());
            }
        } catch (GuardedSocket.TooMuch e) {
            refuse(431);
        } catch (IOException | HttpException e) {
            // the peer has gone, was cut or speaks something else; its own affair
        } catch (RuntimeException e) {
            StallsightErrors.suppress(e);
        }
    }

    /** Says so where no request could be read, as far as the peer still listens. */
    private void refuse(int status) {
        try {
            socket.getOutputStream().write(refusal(status));
            socket.shutdownOutput();
        } catch (IOException e) {
            // gone
        }
    }

    static byte[] refusal(int status) {
        String why = status == 431 ? "Request Header Fields Too Large" : "Service Unavailable";
        return ("HTTP/1.1 " + status + " " + why + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void handle(ClassicHttpRequest from, ResponseTrigger to, HttpContext context)
            throws HttpException, IOException {
        Reply reply;
        try {
            reply = router.answer(request(from), this);
        } catch (BadRequest e) {
            reply = Reply.text(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            StallsightErrors.suppress(e);
            reply = Reply.text(500, "an error of the agent; its log and the dashboard tell which");
        }
        socket.allow(Limits.ANSWER);
        ClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        HEADERS.forEach(response::setHeader);
        reply.headers().forEach(response::setHeader);
        if (!from.getMethod().equals("HEAD") && reply.status() != HttpStatus.SC_NOT_MODIFIED) {
            response.setEntity(entity(reply));
        }
        to.submitResponse(response);
    }

    private static HttpEntity entity(Reply reply) {
        ContentType type = ContentType.parseLenient(reply.contentType());
        Reply.Body stream = reply.stream();
        if (stream == null) {
            return new ByteArrayEntity(reply.body(), type);
        }
        return new EntityTemplate(-1, type, null, out -> stream(stream, out));
    }

    private static void stream(Reply.Body stream, OutputStream out) throws IOException {
        try {
            stream.writeTo(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Request request(ClassicHttpRequest from) throws BadRequest, IOException {
        String target = from.getPath();
        if (target == null || !target.startsWith("/")) {
            throw new BadRequest("the path is to begin with /");
        }
        int mark = target.indexOf('?');
        InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        return new Request(
                from.getMethod(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                remote == null ? "" : remote.getAddress().getHostAddress(),
                name -> header(from, name),
                body(from.getEntity()));
    }

    private static @Nullable String header(ClassicHttpRequest from, String name) {
        Header[] all = from.getHeaders(name);
        return all.length == 1 ? all[0].getValue() : null;
    }

    private static String body(@Nullable HttpEntity entity) throws IOException, BadRequest {
        if (entity == null) {
            return "";
        }
        try (InputStream in = entity.getContent()) {
            byte[] bytes = in.readNBytes(Limits.BODY + 1);
            if (bytes.length > Limits.BODY) {
                throw new BadRequest("the body has more than " + Limits.BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
