package io.stallsight.it.harness;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium, driven over the W3C WebDriver protocol by Debian's {@code chromedriver}. Selenium would put
 * OpenTelemetry and Guava on the class path of tests that need other versions of both.
 *
 * <p>One test uses it at a time, on one thread. Where there is no Chromium the test is skipped, except in the gate
 * (environment variable {@code CI}), which fails.
 */
public final class Browser implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int WAIT_FOR_MILLIS = 20_000;

    private final Process driver;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String session;

    private Browser(Process driver, int port) {
        this.driver = driver;
        String url = "http://127.0.0.1:" + port + "/session";
        JsonObject options = JsonObject.builder()
                .array(
                        "args",
                        List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--user-data-dir="
                                        + TestOutput.unique("chromium").toAbsolutePath()))
                .done();
        JsonObject always = JsonObject.builder()
                .value("browserName", "chrome")
                .value("goog:chromeOptions", options)
                .object("goog:loggingPrefs", new JsonObject(Map.of("browser", "ALL")))
                .object("timeouts", new JsonObject(Map.of("script", WAIT_FOR_MILLIS)))
                .done();
        JsonObject answer =
                (JsonObject) send("POST", url, Map.of("capabilities", new JsonObject(Map.of("alwaysMatch", always))));
        session = url + "/" + answer.getString("sessionId");
    }

    /** Starts one; skips the test where there is none. */
    public static Browser open() {
        Commands.assumeInstalled("chromium");
        Commands.assumeInstalled("chromedriver");
        try {
            Process driver = new ProcessBuilder("chromedriver", "--port=0")
                    .redirectErrorStream(true)
                    .start();
            try {
                return new Browser(driver, portOf(driver));
            } catch (IOException | RuntimeException e) {
                driver.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start chromedriver", e);
        }
    }

    private static int portOf(Process driver) throws IOException {
        BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher port = STARTED.matcher(line);
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
        }
        throw new IOException("chromedriver ended before it listened");
    }

    /** Loads a page and returns once it is loaded; a change of the fragment alone loads nothing. */
    public void go(String url) {
        post("/url", Map.of("url", url));
    }

    /** @param theme {@code dark} or {@code light}: the preference of the reader */
    public void look(int width, int height, String theme) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        new JsonArray(
                                List.of(new JsonObject(Map.of("name", "prefers-color-scheme", "value", theme))))));
    }

    /** A command of Chromium's own protocol. */
    public @Nullable Object devTools(String command, Map<String, ?> parameters) {
        return post("/goog/cdp/execute", Map.of("cmd", command, "params", new JsonObject(parameters)));
    }

    /** The value of a JavaScript expression in the page. */
    public @Nullable Object value(String expression) {
        return post("/execute/sync", Map.of("script", "return (" + expression + ");", "args", new JsonArray()));
    }

    /** Runs statements in the page. */
    public void run(String statements) {
        post("/execute/sync", Map.of("script", statements, "args", new JsonArray()));
    }

    /** Returns as soon as a JavaScript expression is true in the page; fails after 20 seconds. */
    public void await(String expression) {
        String script = """
                const done = arguments[0];
                (function look() {
                  let value = false;
                  try { value = %s; } catch (error) { /* the element does not exist yet */ }
                  if (value) done(true); else setTimeout(look, 20);
                })();""".formatted(expression);
        try {
            post("/execute/async", Map.of("script", script, "args", new JsonArray()));
        } catch (IllegalStateException e) {
            throw new AssertionError("not true within " + WAIT_FOR_MILLIS + " ms: " + expression, e);
        }
    }

    /** Presses and releases a key. @param key one character, or WebDriver's code for a key */
    public void press(String key) {
        JsonArray strokes = new JsonArray(List.of(
                new JsonObject(Map.of("type", "keyDown", "value", key)),
                new JsonObject(Map.of("type", "keyUp", "value", key))));
        JsonObject keyboard = new JsonObject(Map.of("type", "key", "id", "keyboard", "actions", strokes));
        post("/actions", Map.of("actions", new JsonArray(List.of(keyboard))));
    }

    /** Lines of the page's console since the last call, with warnings and violations of its security policy. */
    public List<String> console() {
        JsonArray entries = (JsonArray) post("/se/log", Map.of("type", "browser"));
        return entries.stream()
                .map(entry -> ((JsonObject) entry).getString("message"))
                .toList();
    }

    /** Writes the visible part of the page as a PNG file. */
    public void screenshot(Path file) {
        try {
            Files.write(file, Base64.getDecoder().decode((String) send("GET", session + "/screenshot", null)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, null);
        } finally {
            driver.destroy();
        }
    }

    private Object post(String path, Map<String, ?> body) {
        return send("POST", session + path, body);
    }

    private Object send(String method, String url, @Nullable Map<String, ?> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JsonWriter.string(new JsonObject(body))))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(method + " " + url + ": " + response.body());
            }
            return JsonParser.object().from(response.body()).get("value");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot talk to chromedriver", e);
        } catch (JsonParserException e) {
            throw new IllegalStateException("no JSON from chromedriver", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
