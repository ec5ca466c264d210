package io.stallsight.engine.http;

import io.stallsight.engine.thread.AgentThread;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's server. It begins on a thread of its own, so that the application's start does not wait for it, and
 * whatever goes wrong with it is one line in the log: the rest of the agent goes on.
 */
public final class HttpServer {

    /** Connections that the system holds until they are accepted, to be served or refused. */
    private static final int BACKLOG = 128;

    /** How often slow peers are looked for, milliseconds. */
    private static final int LOOK = 500;

    /**
     * Who is told.
     *
     * @param address gets the URL once the server listens there
     * @param warn gets the one line that says why there is none
     */
    public record Log(Consumer<String> address, Consumer<String> warn) {}

    private final Endpoint wanted;
    private final @Nullable String tokenText;
    private final Pages pages;
    private final EventFeed feed;
    private final Log log;
    private final AgentThread thread = new AgentThread("http", this::run);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private GuardedSocket.@Nullable Acceptor acceptor;
    private boolean stopped;

    /**
     * @param address {@code [host:]port}; port 0 is any that is free
     * @param token what requests must know, or null
     * @param interval between two events of a stream, nanoseconds
     */
    public HttpServer(String address, @Nullable String token, long interval, Pages pages, Log log) {
        this.wanted = Endpoint.of(address);
        this.tokenText = token;
        this.pages = pages;
        this.feed = new EventFeed(pages, interval);
        this.log = log;
    }

    public void start() {
        thread.start();
    }

    /** Closes everything and waits for its threads, each no longer than a second. */
    public void stop() throws InterruptedException {
        synchronized (this) {
            stopped = true;
            closeAcceptor();
        }
        feed.stop();
        connections.forEach(Connection::close);
        thread.join(1_000);
        for (Connection connection : connections) {
            connection.close();
            connection.join(1_000);
        }
    }

    private void run() {
        try {
            InetAddress address = wanted.address();
            Token token = tokenText == null ? null : Token.of(tokenText);
            if (token == null && !address.isLoopbackAddress()) {
                log.warn.accept("no dashboard: " + wanted + " can be reached from other machines, so it needs a token"
                        + " in option http.token (STALLSIGHT_HTTP_TOKEN, at least " + Token.LEAST_LENGTH
                        + " characters)");
                return;
            }
            GuardedSocket.Acceptor bound = bind(address);
            if (bound != null) {
                Endpoint endpoint = wanted.withPort(bound.getLocalPort());
                LongSupplier clock = System::nanoTime;
                Access access = new Access(endpoint, token, new Sessions(clock), new FailedAttempts(clock));
                Router router = new Router(pages, access, feed, Assets.load());
                log.address.accept("http://" + endpoint + "/");
                accept(bound, router);
            }
        } catch (IllegalArgumentException e) {
            log.warn.accept("no dashboard: " + e.getMessage());
        } catch (UnknownHostException e) {
            log.warn.accept("no dashboard: there is no host " + wanted.host());
        } catch (BindException e) {
            log.warn.accept("no dashboard: " + wanted + " cannot be listened on (" + e.getMessage()
                    + "); another port is http=<port>, any that is free http=0");
        } catch (IOException e) {
            log.warn.accept("no dashboard any more: " + e.getMessage());
        } finally {
            synchronized (this) {
                closeAcceptor();
            }
        }
    }

    /** Null if the server has been stopped meanwhile. */
    private GuardedSocket.@Nullable Acceptor bind(InetAddress address) throws IOException {
        synchronized (this) {
            if (stopped) {
                return null;
            }
            GuardedSocket.Acceptor bound = new GuardedSocket.Acceptor();
            acceptor = bound;
            bound.setReuseAddress(true);
            bound.setSoTimeout(LOOK);
            bound.bind(new InetSocketAddress(address, wanted.port()), BACKLOG);
            return bound;
        }
    }

    private void accept(GuardedSocket.Acceptor bound, Router router) throws IOException {
        long number = 0;
        long looked = System.nanoTime();
        while (true) {
            try {
                GuardedSocket socket = bound.accept();
                serve(socket, router, ++number);
            } catch (SocketTimeoutException e) {
                // time to look
            } catch (IOException e) {
                if (bound.isClosed()) {
                    return;
                }
                // the process may be short of file descriptors for a moment: that is when the page is needed after it
                LockSupport.parkNanos(this, LOOK * 1_000_000L);
            }
            if (System.nanoTime() - looked > LOOK * 1_000_000L) {
                connections.forEach(Connection::cutIfLate);
                looked = System.nanoTime();
            }
        }
    }

    private void serve(GuardedSocket socket, Router router, long number) throws IOException {
        if (connections.size() >= Limits.CONNECTIONS) {
            try (socket) {
                socket.getOutputStream().write(Connection.refusal(503));
            } catch (IOException e) {
                // gone
            }
            return;
        }
        Connection[] self = new Connection[1];
        Connection connection = new Connection(socket, router, "http-" + number, () -> connections.remove(self[0]));
        self[0] = connection;
        connections.add(connection);
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
                // closed all the same
            }
        }
    }
}
