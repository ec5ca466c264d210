package io.stallsight.it.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The samples of a page in Prometheus's text format. */
record Scrape(List<String> samples) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The answer of the address. */
    static String get(String address) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(address + " answers " + response.statusCode() + "\n" + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
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
