package app.pools;

import app.pools.Library.Lender;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import redis.clients.jedis.Jedis;

/**
 * What threads do that have a connection and do not give it back before {@link #end}: one method for each kind of work,
 * with a line in which it stays, marked {@code here}. A method borrows the connection itself, as a handler of a service
 * does.
 */
final class Holding {

    /** The kinds, by the names of their methods. */
    static final List<String> KINDS = List.of("sleeps", "queries", "reads", "computes", "queues", "borrowsAgain");

    private final Lender lender;
    private final CyclicBarrier all;
    private final CountDownLatch out;
    private final Object ledger = new Object();
    private final List<AutoCloseable> stops = new CopyOnWriteArrayList<>();
    private volatile boolean ends;
    private volatile long sum;

    Holding(Lender lender, int holders) {
        this.lender = lender;
        this.all = new CyclicBarrier(holders);
        this.out = new CountDownLatch(holders);
    }

    /** Returns when it ends, by an interrupt for most kinds. */
    void hold(String kind) throws Exception {
        untilEnd(
                switch (kind) {
                    case "sleeps" -> this::sleeps;
                    case "queries" -> this::queries;
                    case "reads" -> this::reads;
                    case "computes" -> this::computes;
                    case "queues" -> this::queues;
                    case "borrowsAgain" -> this::borrowsAgain;
                    default -> throw new IllegalArgumentException(kind);
                });
    }

    /** Another thread that needs a connection, when all are out. */
    void waits() throws Exception {
        out.await();
        untilEnd(() -> lender.borrow().call().close());
    }

    interface Work {
        void run() throws Exception;
    }

    private void untilEnd(Work work) throws Exception {
        try {
            work.run();
        } catch (Exception e) {
            if (!ends) {
                throw e;
            }
        }
    }

    /** Those who work outside of Java return; the caller interrupts the threads. */
    void end() throws Exception {
        ends = true;
        for (AutoCloseable stop : stops) {
            stop.close();
        }
    }

    private void sleeps() throws Exception {
        try (AutoCloseable connection = lender.borrow().call()) {
            out.countDown();
            Thread.sleep(60_000); // here
        }
    }

    private void queries() throws Exception {
        try (AutoCloseable connection = lender.borrow().call()) {
            out.countDown();
            if (connection instanceof Jedis redis) {
                stops.add(redis::disconnect);
                waitsForPush(redis);
            } else {
                waitsForDatabase((Connection) connection);
            }
        }
    }

    private void waitsForPush(Jedis redis) {
        redis.blpop(60, "jobs"); // here
    }

    private void waitsForDatabase(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            stops.add(statement::cancel);
            statement.execute("select pg_sleep(60)"); // here
        }
    }

    private void reads() throws Exception {
        try (AutoCloseable connection = lender.borrow().call();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            out.countDown();
            stops.add(socket);
            socket.getInputStream().read(); // here
        }
    }

    private void computes() throws Exception {
        try (AutoCloseable connection = lender.borrow().call()) {
            out.countDown();
            while (!ends) { // here
                sum = sum * 31 + 7; // here
            }
        }
    }

    /** The first one has the lock and sleeps; the others wait for the lock. */
    private void queues() throws Exception {
        try (AutoCloseable connection = lender.borrow().call()) {
            out.countDown();
            synchronized (ledger) { // here
                Thread.sleep(60_000); // here
            }
        }
    }

    /** None gives back what it has before it gets another one. */
    private void borrowsAgain() throws Exception {
        try (AutoCloseable first = lender.borrow().call()) {
            out.countDown();
            all.await();
            lender.borrow().call().close(); // here
        }
    }
}
