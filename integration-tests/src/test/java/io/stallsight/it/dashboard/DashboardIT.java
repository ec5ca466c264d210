package io.stallsight.it.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.Browser;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.CompiledModule;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The dashboard of a service with a blocked loop, used by people, browsers, tools and attackers. */
class DashboardIT {

    private static final String SITE = "SlowService.";
    private static final String TOKEN = "a-token-of-some-length";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @EachJdk
    void pageApiAndMetrics_showTheBlockedLoop(Jdk jdk) throws Exception {
        try (RunningJvm service = service(jdk, "http=0")) {
            String url = url(service);
            HttpResponse<String> page = get(url);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).startsWith("<!DOCTYPE html>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");

            // a call is reported at its end, and its stall a little later
            awaitBody(url + "api/picture?range=60", "\"cause\":\"BLOCKING_CALL\"");
            String picture = awaitBody(url + "api/picture?range=60", "\"kind\":\"SLEEP\"");
            assertThat(picture).contains(SITE, "\"cause\":\"BLOCKING_CALL\"", "\"level\":\"bad\"");
            assertThat(awaitBody(url + "metrics", "stallsight_loop_lag_seconds_bucket{"))
                    .contains("stallsight_stalls_total{", "stallsight_blocking_calls_total{", "stallsight_hook_active");
            assertThat(get(url + "api/hooks").body()).contains("java.lang.Thread#start", "\"WOVEN\"");
            assertThat(get(url + "api/config").body()).contains("\"threshold.stall\":\"100ms\"", "\"changeable\"");
            assertThat(get(url + "snapshot").body()).contains("id=\"stallsight-picture\"", SITE, "<style>");

            String tag = get(url + "style.css").headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = send(request(url + "style.css").header("If-None-Match", tag));
            assertThat(again.statusCode()).isEqualTo(304);

            // an open stream must not keep the service from ending
            try (Stream<String> lines = http.send(
                            request(url + "api/events?range=60").build(), HttpResponse.BodyHandlers.ofLines())
                    .body()) {
                assertThat(lines.filter(line -> line.startsWith("data: ")).limit(3))
                        .hasSize(3)
                        .last()
                        .asString()
                        .contains("\"delta\":true");
                end(service);
            }
        }
    }

    @EachJdk
    void requestsOfScanners_areRefused_andTheServiceGoesOn(Jdk jdk) throws Exception {
        try (RunningJvm service = service(jdk, "http=0")) {
            URI url = URI.create(url(service));
            String host = "Host: " + url.getAuthority() + "\r\n";

            assertThat(raw(url, "GET /../../etc/passwd HTTP/1.1\r\n" + host + "\r\n"))
                    .startsWith("HTTP/1.1 404");
            assertThat(raw(url, "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + host + "\r\n"))
                    .startsWith("HTTP/1.1 404");
            assertThat(raw(url, "TRACE / HTTP/1.1\r\n" + host + "\r\n")).startsWith("HTTP/1.1 405");
            assertThat(raw(url, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 421");
            assertThat(raw(url, "GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(raw(url, "GET / HTTP/1.1\r\n" + host + "X: " + "x".repeat(20_000) + "\r\n\r\n"))
                    .doesNotContain("200 OK");
            assertThat(raw(url, "GET / HTTP/1.1\r\n" + host + "X: x\r\n".repeat(200) + "\r\n"))
                    .doesNotContain("200 OK");
            assertThat(raw(url, "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n")).doesNotContain("200 OK");
            assertThat(raw(url, "POST /api/reset HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("a token");

            assertThat(get(url.toString()).statusCode()).isEqualTo(200);
            end(service);
        }
    }

    @EachJdk
    void slowClient_isCut_andTwoHundredConnectionsDoNotStopTheService(Jdk jdk) throws Exception {
        try (RunningJvm service = service(jdk, "http=0")) {
            URI url = URI.create(url(service));
            List<Socket> many = new ArrayList<>();
            try (Socket slow = new Socket(url.getHost(), url.getPort())) {
                for (int i = 0; i < 200; i++) {
                    many.add(new Socket(url.getHost(), url.getPort()));
                }
                long refused = many.stream().filter(DashboardIT::isRefused).count();
                assertThat(refused).isBetween(100L, 199L);

                assertThat(isClosedWhileSending(slow)).isTrue();
            } finally {
                for (Socket each : many) {
                    each.close();
                }
            }
            assertThat(awaitBody(url.toString(), "<!DOCTYPE html>")).isNotEmpty();
            end(service);
        }
    }

    @EachJdk
    void withAToken_requestsWithoutItAreRefused_andSettingsCanChangeWithIt(Jdk jdk) throws Exception {
        try (RunningJvm service = service(jdk, "http=0,http.token=" + TOKEN)) {
            String url = url(service);

            assertThat(get(url + "api/picture").statusCode()).isEqualTo(401);
            assertThat(get(url + "metrics").statusCode()).isEqualTo(401);
            assertThat(send(request(url + "api/picture").header("Authorization", "Bearer a-token-of-some-lengtH"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send(authorized(url + "api/picture")).statusCode()).isEqualTo(200);
            assertThat(send(authorized(url + "api/config")).body()).doesNotContain(TOKEN);

            HttpResponse<String> changed = send(authorized(url + "api/config")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"threshold.stall\",\"value\":\"77ms\"}")));
            assertThat(changed.body()).contains("\"threshold.stall\":\"77ms\"");
            assertThat(awaitBody(authorized(url + "api/picture?range=60"), "\"stallThreshold\":77.0"))
                    .isNotEmpty();
            HttpResponse<String> mistaken = send(authorized(url + "api/config")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"threshold.stal\",\"value\":\"77ms\"}")));
            assertThat(mistaken.statusCode()).isEqualTo(400);
            assertThat(mistaken.body()).contains("did you mean threshold.stall?");
            HttpResponse<String> malformed = send(authorized(url + "api/config")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"allow\",\"value\":\"(((\"}")));
            assertThat(malformed.statusCode()).isEqualTo(400);
            assertThat(malformed.body()).contains("\"(((\"", "com.shop.Orders#find");
            assertThat(send(authorized(url + "api/reset")
                                    .header("Origin", "http://evil.example")
                                    .POST(HttpRequest.BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(403);
            Outcome ended = end(service);
            assertThat(ended.stderr()).noneMatch(line -> line.contains(TOKEN));
        }
    }

    @EachJdk
    void addressBeyondLoopback_needsAToken(Jdk jdk) {
        try (RunningJvm service = service(jdk, "http=0.0.0.0:0")) {
            assertThat(service.awaitError("no dashboard: ")).contains("0.0.0.0:0", "http.token");
            service.awaitError("SLEEP: Thread.sleep blocked"); // the agent is on nevertheless
            end(service);
        }
    }

    @EachJdk
    void portInUse_isReportedInOneLine(Jdk jdk) {
        try (RunningJvm first = service(jdk, "http=0");
                RunningJvm second =
                        service(jdk, "http=" + URI.create(url(first)).getPort())) {
            assertThat(second.awaitError("no dashboard: ")).contains("cannot listen on");
            end(second);
            end(first);
        }
    }

    @EachJdk
    void detach_freesThePort(Jdk jdk) throws Exception {
        try (RunningJvm service = service(jdk, "http=0")) {
            String url = url(service);
            assertThat(get(url).statusCode()).isEqualTo(200);
            assertThat(ForkedJvm.commandLine(jdk, "ps").run().healthy().stdout())
                    .anyMatch(line -> line.contains(Long.toString(service.pid())) && line.contains(url));

            ForkedJvm.commandLine(jdk, "detach", Long.toString(service.pid()))
                    .run()
                    .healthy();

            assertThat(isListening(url)).isFalse();
            assertThat(service.threadDump()).contains("\"main\"").doesNotContain("stallsight-http");
            end(service);
        }
    }

    @EachJdk
    void launchWithOnlyJavaBase_hasTheWholeDashboard(Jdk jdk) throws Exception {
        Path module = CompiledModule.of("module shop { }", "shop/Main.java", """
                package shop;

                import java.util.concurrent.Executors;
                import java.util.concurrent.ExecutorService;

                public class Main {
                    public static void main(String[] args) throws Exception {
                        System.out.println(ModuleLayer.boot().findModule("java.logging").isPresent());
                        ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "shop-loop-1"));
                        loop.submit(() -> { Thread.sleep(200); return null; }).get();
                        System.in.read();
                        loop.shutdown();
                    }
                }
                """);
        try (RunningJvm service = ForkedJvm.of(jdk, "shop.Main")
                .agent("http=0,threads=shop-loop-*")
                .module(module.toString(), "shop/shop.Main")
                .options("--limit-modules", "java.base,java.instrument")
                .start()) {
            String url = url(service);

            assertThat(awaitBody(url + "api/picture", "\"kind\":\"SLEEP\"")).contains("shop-loop-1");
            awaitBody(
                    url + "api/picture",
                    "not seen on this JVM: stalls of loops; this JVM was started without module java.management");
            assertThat(get(url + "metrics").body()).contains("stallsight_blocking_calls_total{");
            service.end();
            assertThat(service.awaitExit().healthy().stdout()).containsExactly("false");
        }
    }

    @EachJdk
    void pageInChromium_showsTheBlockedLoop(Jdk jdk) {
        try (Browser browser = Browser.open();
                RunningJvm service = service(jdk, "http=0")) {
            String url = url(service);
            for (int width : new int[] {360, 768, 1440}) {
                browser.look(width, 900, "light");
                browser.go(url);
                // on a busy machine, other work than the service's may take most of the time
                browser.await("document.getElementById('verdict-text').textContent.includes('nioEventLoopGroup')");
                browser.await("document.querySelectorAll('.strip-row').length > 0");
            }
            browser.await("document.getElementById('findings').textContent.includes('SlowService.sleep')");
            assertThat(browser.console()).isEmpty();
            end(service);
        }
    }

    private static RunningJvm service(Jdk jdk, String options) {
        return ForkedJvm.of(jdk, "app.cli.SlowService")
                .agent(options)
                .classPath(ClassPath.programs().withLibs("netty-4.1"))
                .options("-XX:+EnableDynamicAgentLoading")
                .quietFramework()
                .start();
    }

    private static String url(RunningJvm service) {
        return service.awaitError("dashboard: ").replaceFirst(".*dashboard: ", "");
    }

    private static Outcome end(RunningJvm service) {
        service.awaitLine("READY");
        service.sendLine("end");
        return service.awaitExit().healthy();
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    }

    private static HttpRequest.Builder authorized(String url) {
        return request(url).header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return send(request(url));
    }

    private String awaitBody(String url, String part) throws IOException, InterruptedException {
        return awaitBody(request(url), part);
    }

    private String awaitBody(HttpRequest.Builder request, String part) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String body = "";
        do {
            try {
                body = send(request.copy()).body();
            } catch (IOException e) {
                body = e.toString(); // refused: there are too many connections
            }
            if (body.contains(part)) {
                return body;
            }
        } while (System.nanoTime() < deadline);
        throw new AssertionError("no \"" + part + "\" in " + body);
    }

    private static String raw(URI url, String request) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return reset.toString();
        }
    }

    /** Whether the server has sent bytes before it received a request. */
    private static boolean isRefused(Socket socket) {
        try {
            socket.setSoTimeout(100);
            InputStream in = socket.getInputStream();
            return in.read() >= 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }

    /** Sends a header byte by byte, for at most a minute. */
    private static boolean isClosedWhileSending(Socket socket) throws IOException {
        socket.setSoTimeout(300);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                socket.getOutputStream().write('x');
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException open) {
                // it still listens
            } catch (SocketException reset) {
                return true;
            }
        }
        return false;
    }

    private static boolean isListening(String url) throws IOException {
        URI address = URI.create(url);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }
}
