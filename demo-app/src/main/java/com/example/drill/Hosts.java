package com.example.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A long hosts file for the service, set by {@code jdk.net.hosts.file}. The JDK reads all of it at each lookup, so that
 * a lookup takes milliseconds on each machine, with or without a network. A real resolver may refuse a name in 0.2 ms.
 */
final class Hosts {
    private static final int LINES = 10_000;

    private Hosts() {}

    static void write(Path file, String databaseUrl) throws IOException {
        String lines = IntStream.range(0, LINES)
                .mapToObj(number -> "10.0." + number / 250 + '.' + number % 250 + " pos-" + number + ".stores.invalid")
                .collect(Collectors.joining("\n", "127.0.0.1 localhost\n", "\n"));
        Files.writeString(file, lines + databaseHost(databaseUrl));
    }

    /** The file needs the database's host as well, because the JDBC driver looks it up there. */
    private static String databaseHost(String url) throws IOException {
        String host = url.isEmpty()
                ? null
                : URI.create(url.replaceFirst("^jdbc:", "")).getHost();
        return host == null ? "" : InetAddress.getByName(host).getHostAddress() + ' ' + host + '\n';
    }
}
