package io.stallsight.engine.http;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One connection of a client. Its own thread reads requests and writes responses until either end closes it. */
final class Connection implements EventFeed.WriteListener {

    private static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(Limits.MAX_HEAD_BYTES)
            .setMaxHeaderCount(Limits.MAX_HEADER_FIELDS)
            .setBufferSize(Limits.MAX_HEAD_BYTES)
            .build();

    private final GuardedSocket socket;
    private final Router router;
    private final AgentThread thread;

    /** @param onEnd runs on the connection's thread, after the connection has ended */
    Connection(GuardedSocket socket, Router router, String name, Runnable onEnd) {
        this.socket = socket;
        this.router = router;
        this.thread = new AgentThread(name, () -> {
            try {
                readRequests();
            } finally {
                close();
                onEnd.run();
            }
        });
    }

    void start() {
        socket.setDeadline(Limits.REQUEST_TIMEOUT);
        thread.start();
    }

    /** Closes the connection if the client missed the deadline. Called on the accepting thread. */
    void closeIfLate() {
        if (socket.isLate()) {
            close();
        }
    }

    /** Closes the connection from any thread. The connection's own thread then fails in its read or write, and ends. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // the socket counts as closed anyway
        }
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    @Override
    public void beforeWrite() {
        socket.setDeadline(Limits.RESPONSE_TIMEOUT);
    }

    @Override
    public void afterWrite() {
        socket.clearDeadline();
    }

    private void readRequests() {
        HttpService service = HttpService.builder()
                .withHttpProcessor(HttpProcessors.customServer("stallsight").build())
                .withHttpServerRequestHandler(this::handle)
                .withHttp1Config(HTTP)
                .build();
        try (DefaultBHttpServerConnection connection = new DefaultBHttpServerConnection(
                "http", HTTP, null, null, null, null, new DefaultHttpRequestParserFactory(HTTP), null)) {
            connection.bind(socket);
            while (connection.isOpen()) {
                socket.limitBytes(Limits.MAX_HEAD_BYTES + Limits.MAX_BODY_BYTES);
                socket.setDeadline(Limits.REQUEST_TIMEOUT);
                service.handleRequest(connection, HttpCoreContext.create());
            }
        } catch (GuardedSocket.ByteLimitExceeded e) {
            refuse(431);
        } catch (IOException | HttpException e) {
            // The client has closed the connection, missed a deadline, or does not speak HTTP. No error of the agent.
        } catch (RuntimeException e) {
            StallsightErrors.suppress(e);
        }
    }

    private void refuse(int status) {
        try {
            socket.getOutputStream().write(HttpMessages.refusal(status));
            socket.shutdownOutput();
        } catch (IOException e) {
            // the client has closed the connection
        }
    }

    private void handle(ClassicHttpRequest message, ResponseTrigger trigger, HttpContext context)
            throws HttpException, IOException {
        Reply reply;
        try {
            reply = router.reply(HttpMessages.request(message, remote()), this);
        } catch (BadRequest e) {
            reply = Reply.text(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            StallsightErrors.suppress(e);
            reply = Reply.text(500, "internal error of the agent; see the agent's log or the dashboard");
        }
        socket.setDeadline(Limits.RESPONSE_TIMEOUT);
        trigger.submitResponse(HttpMessages.response(reply, message));
    }

    private String remote() {
        InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        return remote == null ? "" : remote.getAddress().getHostAddress();
    }
}
