package io.stallsight.engine.http;

import io.stallsight.engine.thread.AgentThread;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's server. It binds its port on its own thread, so that the start of the application does not wait for
 * it. If it fails, it logs one line and the rest of the agent continues.
 */
public final class HttpServer {

    /** Connections that the operating system queues until the server accepts them. */
    private static final int BACKLOG = 128;

    /** Time between two checks for slow clients, in milliseconds. */
    private static final int DEADLINE_CHECK_PERIOD_MILLIS = 500;

    private static final long DEADLINE_CHECK_PERIOD = TimeUnit.MILLISECONDS.toNanos(DEADLINE_CHECK_PERIOD_MILLIS);

    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    /**
     * Receivers of the server's messages. Both are called on the server's thread.
     *
     * @param address receives the URL when the server begins to listen
     * @param warn receives one line with the reason if the server cannot start or must end
     */
    public record Log(Consumer<String> address, Consumer<String> warn) {}

    private final Endpoint configured;
    private final @Nullable String tokenText;
    private final Pages pages;
    private final EventFeed feed;
    private final Log log;
    private final AgentThread thread = AgentThread.lasting("http", this::run);
    private final Connections connections = new Connections();
    private GuardedSocket.@Nullable Acceptor acceptor;
    private boolean stopped;

    /**
     * Creates a server that is not started.
     *
     * @param address {@code [host:]port}; port 0 chooses any free port
     * @param token token that requests must present, or null if requests need none
     * @param interval time between two events of a stream, in nanoseconds
     */
    public HttpServer(String address, @Nullable String token, long interval, Pages pages, Log log) {
        this.configured = Endpoint.of(address);
        this.tokenText = token;
        this.pages = pages;
        this.feed = new EventFeed(pages, interval);
        this.log = log;
    }

    public void start() {
        thread.start();
    }

    /** Closes the port and all connections. Waits at most one second for each of the threads. */
    public void stop() throws InterruptedException {
        synchronized (this) {
            stopped = true;
            closeAcceptor();
        }
        feed.stop();
        connections.all().forEach(Connection::close);
        thread.join(STOP_TIMEOUT_MILLIS);
        for (Connection connection : connections.all()) {
            connection.close();
            connection.join(STOP_TIMEOUT_MILLIS);
        }
    }

    private void run() {
        try {
            InetAddress address = configured.address();
            Token token = tokenText == null ? null : Token.of(tokenText);
            if (token == null && !address.isLoopbackAddress()) {
                log.warn.accept("no dashboard: other machines can reach " + configured
                        + ", so it needs a token in option http.token (STALLSIGHT_HTTP_TOKEN, at least "
                        + Token.MIN_LENGTH + " characters)");
                return;
            }
            GuardedSocket.Acceptor bound = bind(address);
            if (bound != null) {
                Endpoint endpoint = configured.withPort(bound.getLocalPort());
                LongSupplier clock = System::nanoTime;
                Access access = new Access(endpoint, token, new Sessions(clock), new FailedAttempts(clock));
                Router router = new Router(pages, access, feed, Assets.load());
                log.address.accept("http://" + endpoint + "/");
                accept(bound, router);
            }
        } catch (IllegalArgumentException e) {
            log.warn.accept("no dashboard: " + e.getMessage());
        } catch (UnknownHostException e) {
            log.warn.accept("no dashboard: unknown host " + configured.host());
        } catch (BindException e) {
            log.warn.accept("no dashboard: cannot listen on " + configured + " (" + e.getMessage()
                    + "); choose another port with http=<port>, or any free port with http=0");
        } catch (IOException e) {
            log.warn.accept("the dashboard has stopped: " + e.getMessage());
        } finally {
            synchronized (this) {
                closeAcceptor();
            }
        }
    }

    /** Returns null if the server was stopped meanwhile. */
    private GuardedSocket.@Nullable Acceptor bind(InetAddress address) throws IOException {
        synchronized (this) {
            if (stopped) {
                return null;
            }
            GuardedSocket.Acceptor bound = new GuardedSocket.Acceptor();
            acceptor = bound;
            bound.setReuseAddress(true);
            bound.setSoTimeout(DEADLINE_CHECK_PERIOD_MILLIS);
            bound.bind(new InetSocketAddress(address, configured.port()), BACKLOG);
            return bound;
        }
    }

    private void accept(GuardedSocket.Acceptor bound, Router router) throws IOException {
        long number = 0;
        long checked = System.nanoTime();
        while (true) {
            try {
                GuardedSocket socket = bound.accept();
                open(socket, router, ++number);
            } catch (SocketTimeoutException e) {
                // no connection came; check the deadlines of the open ones
            } catch (IOException e) {
                if (bound.isClosed()) {
                    return;
                }
                // Retry: the process may have no free file descriptor for a moment. Ending the server here would take
                // the page away from the person who looks into that problem.
                LockSupport.parkNanos(this, DEADLINE_CHECK_PERIOD);
            }
            if (System.nanoTime() - checked > DEADLINE_CHECK_PERIOD) {
                connections.all().forEach(Connection::closeIfLate);
                checked = System.nanoTime();
            }
        }
    }

    private void open(GuardedSocket socket, Router router, long number) throws IOException {
        Connection connection = new Connection(socket, router, "http-" + number, connections::remove);
        if (!connections.add(connection)) {
            try (socket) {
                socket.getOutputStream().write(HttpMessages.refusal(503));
            } catch (IOException e) {
                // the client has closed the connection
            }
            return;
        }
        connection.start();
        synchronized (this) {
            if (stopped) {
                connection.close();
            }
        }
    }

    private void closeAcceptor() {
        if (acceptor != null) {
            try {
                acceptor.close();
            } catch (IOException e) {
                // the socket counts as closed anyway
            }
        }
    }
}
