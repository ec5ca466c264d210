package com.example.fraud;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Gets the vendor's fraud score of an order. */
public final class FraudClient {
    private static final int ATTEMPTS = 4;
    private static final long BACKOFF_MILLIS = 50;
    private static final int TIMEOUT_MILLIS = 2_000;

    private final URI vendor;

    /** @param vendor address of the service; the client appends the number of the order */
    public FraudClient(URI vendor) {
        this.vendor = vendor;
    }

    /**
     * Returns a score between 0 and 100. The signature does not show that this waits for the network and sleeps between
     * attempts.
     */
    public int score(long order) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String answer = ask(order);
            if (!answer.isEmpty()) {
                return Integer.parseInt(answer);
            }
            backOff();
        }
        throw new IllegalStateException("no score for order " + order + " after " + ATTEMPTS + " attempts");
    }

    /** Returns the vendor's answer, or an empty text if the vendor is not available. */
    private String ask(long order) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) vendor.resolve("score/" + order).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return "";
            }
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException unavailable) {
            return "";
        }
    }

    private static void backOff() {
        try {
            Thread.sleep(BACKOFF_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
