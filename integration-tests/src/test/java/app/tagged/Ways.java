package app.tagged;

import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Ten ways to keep a thread for some milliseconds. */
final class Ways {

    private static final int CONNECTIONS = 4;
    private static final int INFLATED = 1 << 22;

    private final ExecutorService others = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "other");
        thread.setDaemon(true);
        return thread;
    });
    private final ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final Queue<RandomAccessFile> pipes = new ConcurrentLinkedQueue<>();
    private final Object monitor = new Object();
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] deflated = new byte[INFLATED / 100];

    Ways() throws Exception {
        others.execute(this::answerSlowly);
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[INFLATED]);
        deflater.finish();
        deflater.deflate(deflated);
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + i);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE ALIAS SLEEP FOR \"java.lang.Thread.sleep(long)\"");
            }
            connections.add(connection);
            File pipe = new File("pipe-" + i);
            new ProcessBuilder("mkfifo", pipe.getPath()).start().waitFor();
            pipes.add(new RandomAccessFile(pipe, "rw"));
        }
    }

    /** The first byte of a client says after how many tens of milliseconds it gets an answer. */
    private void answerSlowly() {
        try {
            while (true) {
                Socket client = slow.accept();
                others.submit(() -> {
                    try (client) {
                        Thread.sleep(10L * client.getInputStream().read());
                        client.getOutputStream().write(1);
                    }
                    return null;
                });
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void block(String way, int millis) throws Exception {
        switch (way) {
            case "SLEEP" -> Thread.sleep(millis);
            case "SOCKET" -> socket(millis);
            case "FILE" -> file(millis);
            case "JDBC" -> query(millis);
            case "FUTURE" -> later(millis, new CompletableFuture<>()).get();
            case "LATCH" -> {
                CountDownLatch latch = new CountDownLatch(1);
                CompletableFuture.runAsync(latch::countDown, after(millis));
                latch.await();
            }
            case "MONITOR" -> monitor(millis);
            case "LOCK" -> lock(millis);
            case "CPU" -> compute(millis);
            case "INFLATE" -> inflate(millis);
            default -> throw new IllegalArgumentException(way);
        }
    }

    private void socket(int millis) throws Exception {
        try (Socket socket = new Socket(slow.getInetAddress(), slow.getLocalPort())) {
            socket.getOutputStream().write(millis / 10);
            socket.getInputStream().read();
        }
    }

    private void file(int millis) throws Exception {
        RandomAccessFile pipe = pipes.remove();
        CompletableFuture.runAsync(
                () -> {
                    try {
                        pipe.write(1);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                after(millis));
        InputStream file = new FileInputStream(pipe.getFD()); // not closed: that would close the pipe
        file.read();
        pipes.add(pipe);
    }

    private void query(int millis) throws Exception {
        Connection connection = connections.remove();
        try (PreparedStatement statement = connection.prepareStatement("CALL SLEEP(?)")) {
            statement.setLong(1, millis);
            statement.execute();
        }
        connections.add(connection);
    }

    private java.util.concurrent.Executor after(int millis) {
        return task -> others.execute(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            task.run();
        });
    }

    private <T> CompletableFuture<T> later(int millis, CompletableFuture<T> future) {
        after(millis).execute(() -> future.complete(null));
        return future;
    }

    private void monitor(int millis) {
        AtomicBoolean isHeld = new AtomicBoolean();
        others.execute(() -> {
            synchronized (monitor) {
                isHeld.set(true);
                sleep(millis);
            }
        });
        await(isHeld);
        synchronized (monitor) {
            isHeld.set(false);
        }
    }

    private void lock(int millis) {
        AtomicBoolean isHeld = new AtomicBoolean();
        others.execute(() -> {
            lock.lock();
            try {
                isHeld.set(true);
                sleep(millis);
            } finally {
                lock.unlock();
            }
        });
        await(isHeld);
        lock.lock();
        lock.unlock();
    }

    private static void await(AtomicBoolean isHeld) {
        while (!isHeld.get()) {
            Thread.onSpinWait();
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void compute(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        StringBuilder text = new StringBuilder();
        while (System.nanoTime() - end < 0) {
            text.setLength(0);
            for (int i = 0; i < 1_000; i++) {
                text.append(i);
            }
        }
    }

    private void inflate(int millis) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        byte[] inflated = new byte[INFLATED];
        while (System.nanoTime() - end < 0) {
            Inflater inflater = new Inflater();
            inflater.setInput(deflated);
            inflater.inflate(inflated);
            inflater.end();
        }
    }
}
