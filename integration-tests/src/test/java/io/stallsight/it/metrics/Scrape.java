package io.stallsight.it.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The samples of a page in Prometheus's text format. */
record Scrape(List<String> samples) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * The answer of the address. Each request has a connection of its own: reactor-netty 1.2 loses an answer on a
     * kept-alive connection now and then, with an agent or without, and a test scrapes thousands of times.
     */
    static String get(String address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            int status = connection.getResponseCode();
            try (InputStream body = status == HttpURLConnection.HTTP_OK
                    ? connection.getInputStream()
                    : Objects.requireNonNullElse(connection.getErrorStream(), InputStream.nullInputStream())) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                if (status != HttpURLConnection.HTTP_OK) {
                    throw new AssertionError(address + " answers " + status + "\n" + text);
                }
                return text;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(address, e);
        }
    }

    static Scrape of(String address) {
        return new Scrape(
                get(address).lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** Scrapes until the samples match. */
    static Scrape until(String address, String what, Predicate<Scrape> wanted) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Scrape scrape = of(address);
        while (!wanted.test(scrape)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + ": not in\n" + String.join("\n", scrape.samples));
            }
            scrape = of(address);
        }
        return scrape;
    }

    /** Names of the metrics with this prefix. */
    Set<String> names(String prefix) {
        return samples.stream()
                .filter(sample -> sample.startsWith(prefix))
                .map(sample -> sample.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    boolean has(String name, String... labels) {
        return samples.stream()
                .anyMatch(sample -> sample.startsWith(name + "{")
                        && List.of(labels).stream().allMatch(sample::contains));
    }
}
