package com.example.logship;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends each log line to a collector by HTTP and waits for the answer. */
public final class CollectorAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final URI collector;

    public CollectorAppender(URI collector) {
        this.collector = collector;
    }

    @Override
    protected void append(ILoggingEvent event) {
        try {
            HttpURLConnection connection = (HttpURLConnection) collector.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setDoOutput(true);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(event.getFormattedMessage().getBytes(StandardCharsets.UTF_8));
            }
            connection.getInputStream().close();
        } catch (IOException e) {
            addError("the collector at " + collector + " did not take a line", e);
        }
    }
}
