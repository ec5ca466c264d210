package com.example.drill;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service, in its own JVM, which ends when this one ends. */
final class Shop implements AutoCloseable {
    /** As many as in a container with two cores. With so few, the harm of a blocked loop is visible. */
    private static final int LOOPS = 2;

    /** Half of the default threshold. A thumbnail takes about as long as the default, so some would not be reported. */
    private static final String STALL = "50ms";

    /** The port in the documentation. */
    private static final int DASHBOARD_PORT = 9900;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Process process;
    private final URI uri;
    private final URI dashboard;
    private final Path log;
    private final Path repository;
    private final Thread stop = new Thread(this::stop, "drill-stop");

    private Shop(Process process, URI uri, URI dashboard, Path log, Path repository) {
        this.process = process;
        this.uri = uri;
        this.dashboard = dashboard;
        this.log = log;
        this.repository = repository;
        Runtime.getRuntime().addShutdownHook(stop);
    }

    /** Returns as soon as the process is started. */
    static Shop start(Options options) throws IOException {
        Path work = Files.createDirectories(options.work());
        Path log = work.resolve("service.log");
        // Each run has its own directory, so that the drill does not read the repository that a killed JVM left behind.
        Path repository = Files.createTempDirectory(work, "jfr-");
        Path hosts = work.resolve("hosts");
        Hosts.write(hosts, options.database());
        int port = options.port() == 0 ? freePort(0) : options.port();
        int dashboard = freePort(DASHBOARD_PORT);
        Process process = new ProcessBuilder(command(options, port, dashboard, repository, hosts))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Shop(process, loopback(port), loopback(dashboard), log, repository);
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static List<String> command(Options options, int port, int dashboard, Path repository, Path hosts) {
        List<String> command = new ArrayList<>();
        command.add(options.java().toString());
        options.agent()
                .ifPresent(agent -> command.add("-javaagent:" + agent + "=packages=com.example.shop,threshold.stall="
                        + STALL + ",http=" + dashboard));
        command.add("-XX:StartFlightRecording=name=drill,maxsize=64m");
        command.add("-XX:FlightRecorderOptions=repository=" + repository);
        command.add("-Xmx512m");
        command.add("-Djava.awt.headless=true");
        command.add("-Djdk.net.hosts.file=" + hosts);
        command.add("-Dreactor.netty.ioWorkerCount=" + LOOPS);
        command.add("-Dshop.stop-with-parent=true");
        command.add("-jar");
        command.add(options.service().toString());
        command.add("--server.port=" + port);
        if (!options.database().isEmpty()) {
            command.add("--shop.database.url=" + options.database());
            command.add("--shop.database.username=" + options.user());
            command.add("--shop.database.password=" + options.password());
        }
        return command;
    }

    URI uri() {
        return uri;
    }

    /** The address of the agent's page. */
    URI dashboard() {
        return dashboard;
    }

    Path log() {
        return log;
    }

    /** Returns when the service has ended by itself. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** @throws IOException if the service ended or did not answer in time */
    void awaitHealthy() throws IOException, InterruptedException {
        Http http = new Http(uri);
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (http.get(Mode.Neighbours.HELLO).join() != 200) {
            if (!process.isAlive()) {
                throw new IOException("the service ended with exit code " + process.exitValue() + "; see " + log);
            }
            if (System.nanoTime() > end) {
                throw new IOException(
                        "the service did not answer within " + START_TIMEOUT.toSeconds() + " s; see " + log);
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    /** Returns the directory of the JFR chunks. Its name has date and pid. It exists from the first recording on. */
    Path jfrRepository() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(repository, Files::isDirectory)) {
                for (Path directory : directories) {
                    return directory;
                }
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        throw new IOException("the service made no JFR recording; see " + log);
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            deleteRepository();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException leftBehind) {
            // Harmless: the next run uses another directory.
        }
    }

    private void deleteRepository() throws IOException {
        try (var paths = Files.walk(repository)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Returns the wanted port, or any free port if the wanted one is in use. */
    private static int freePort(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return freePort(0);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stop);
        stop();
    }
}
