package io.stallsight.bench;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo service in a JVM of its own. */
final class Service implements AutoCloseable {

    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(120);
    private static final byte[] REQUEST =
            "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Process process;
    private final InetSocketAddress address;
    private final Path log;
    private final Duration startUp;
    private final Duration startUpCpu;

    private Service(Process process, InetSocketAddress address, Path log, long started) throws IOException {
        this.process = process;
        this.address = address;
        this.log = log;
        awaitHello(started);
        this.startUp = Duration.ofNanos(System.nanoTime() - started);
        this.startUpCpu = cpu();
    }

    /**
     * Starts the service and waits for its first good answer.
     *
     * @param prefix the first words of the command, for example {@code taskset}
     */
    static Service start(Jdk jdk, Watcher watcher, Path jar, List<String> prefix) throws IOException {
        InetSocketAddress address = freeAddress();
        List<String> command = new ArrayList<>(prefix);
        command.add(jdk.java().toString());
        command.addAll(watcher.javaAgent(""));
        command.addAll(
                List.of("-Xms512m", "-Xmx512m", "-jar", jar.toAbsolutePath().toString()));
        command.add("--server.port=" + address.getPort());
        Path directory = TestOutput.unique("service-" + jdk.feature() + "-" + watcher);
        Path log = directory.resolve("service.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STALLSIGHT_"));
        long started = System.nanoTime();
        Process process = builder.start();
        try {
            return new Service(process, address, log, started);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /** From the start of the process to the first good answer. */
    Duration startUp() {
        return startUp;
    }

    /** CPU time of the whole process until the first good answer. */
    Duration startUpCpu() {
        return startUpCpu;
    }

    /** CPU time of the whole process. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Stops the process by a signal, so that it takes no CPU from the measured one. */
    void freeze() throws IOException {
        signal("STOP");
    }

    void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void awaitHello(long started) throws IOException {
        while (!saysHello()) {
            if (!process.isAlive() || System.nanoTime() - started > TIMEOUT) {
                throw new IOException("no answer on " + address + "\n" + log());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private boolean saysHello() {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
