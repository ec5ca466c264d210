package io.stallsight.engine.http;

import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightErrors;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final String address;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean trusted;
    private volatile boolean replying;
    private volatile boolean gaveWay;

    /** @param onEnd called on the connection's thread, after the connection has ended */
    Connection(GuardedSocket socket, Router router, String name, Consumer<Connection> onEnd) {
        this.socket = socket;
        this.router = router;
        this.address = ClientAddress.of(socket.getInetAddress());
        this.thread = new AgentThread(name, () -> {
            try {
                readRequests();
            } finally {
                close();
                onEnd.accept(this);
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

    /** Address of the client, as {@link ClientAddress} has it. */
    String address() {
        return address;
    }

    /**
     * Whether it may give way: its client has not shown the token. Where no token is needed, everybody's replies are
     * worth finishing, so there it may only while it waits for a request.
     */
    boolean mayGiveWay() {
        return !trusted && !gaveWay && (router.needsToken() || !replying);
    }

    /** Whether it must end, or has ended, for another connection. */
    boolean gaveWay() {
        return gaveWay;
    }

    /** Ends the connection, with status 503, so that another one gets its place. Called on the accepting thread. */
    void giveWay() {
        gaveWay = true;
        closed.countDown();
        if (replying) {
            close(); // its thread may be stuck in a write
            return;
        }
        try {
            socket.giveWay();
        } catch (IOException e) {
            close();
        }
    }

    /** Closes the connection from any thread. The connection's own thread then fails in its read or write, and ends. */
    void close() {
        closed.countDown();
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
            readRequests(service, connection);
        } catch (IOException | HttpException e) {
            // The client has closed the connection, missed a deadline, or does not speak HTTP. No error of the agent.
        } catch (RuntimeException e) {
            StallsightErrors.suppress(e);
        }
    }

    /** A refusal must be written before the connection is closed, so it is written here. */
    private void readRequests(HttpService service, DefaultBHttpServerConnection connection)
            throws IOException, HttpException {
        try {
            while (connection.isOpen()) {
                socket.limitBytes(Limits.MAX_HEAD_BYTES + Limits.MAX_BODY_BYTES);
                socket.setDeadline(Limits.REQUEST_TIMEOUT);
                service.handleRequest(connection, HttpCoreContext.create());
                replying = false;
            }
        } catch (GuardedSocket.ByteLimitExceeded e) {
            refuse(431);
        } catch (GuardedSocket.GaveWay e) {
            refuse(503);
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
            Request request = HttpMessages.request(message, address);
            replying = true;
            trusted |= router.isTrusted(request);
            reply = router.reply(request, this);
        } catch (BadRequest e) {
            // where the next request would begin is not known
            reply = Reply.text(400, String.valueOf(e.getMessage())).with("Connection", "close");
        } catch (RuntimeException e) {
            StallsightErrors.suppress(e);
            reply = Reply.text(500, "internal error of the agent; see the agent's log or the dashboard");
        }
        if (reply.isDelayed()) {
            delay();
        }
        socket.setDeadline(Limits.RESPONSE_TIMEOUT);
        trigger.submitResponse(HttpMessages.response(reply, message));
    }

    private void delay() throws IOException {
        replying = false;
        try {
            if (closed.await(Limits.REFUSAL_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new GuardedSocket.GaveWay();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        replying = true;
    }
}
