package io.stallsight.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final String TOKEN = "0123456789abcdef";
    private static final EventFeed.WriteListener NO_LISTENER = new EventFeed.WriteListener() {
        @Override
        public void beforeWrite() {}

        @Override
        public void afterWrite() {}
    };

    private final List<String> changes = new ArrayList<>();
    private final Pages pages = new Pages() {
        @Override
        public long now() {
            return 1;
        }

        @Override
        public String picture(int range, long since) {
            return "{\"range\":" + range + ",\"since\":" + since + ",\"thread\":\"</script>\"}";
        }

        @Override
        public String snapshotName() {
            return "stallsight-shop.html";
        }

        @Override
        public String hooks() {
            return "[]";
        }

        @Override
        public String config() {
            return "{}";
        }

        @Override
        public Metrics metrics(@Nullable String accept) {
            return new Metrics("text/plain", "metrics for " + accept);
        }

        @Override
        public void change(String key, String value) {
            if (key.equals("unknown")) {
                throw new IllegalArgumentException("unknown option unknown");
            }
            changes.add(key + "=" + value);
        }

        @Override
        public void reset() {
            changes.add("reset");
        }
    };

    private long now;
    private final Router withoutToken = router("127.0.0.1:9900", null);
    private final Router withToken = router("127.0.0.1:9900", TOKEN);

    private Router router(String endpoint, @Nullable String token) {
        Access access = new Access(
                Endpoint.of(endpoint),
                token == null ? null : Token.of(token),
                new Sessions(() -> now),
                new FailedAttempts(() -> now));
        return new Router(pages, access, new EventFeed(pages, 1_000_000_000L), Assets.load());
    }

    private static Reply send(Router router, String method, String target, String body, String... headers) {
        Map<String, String> fields = new HashMap<>(Map.of("host", "localhost:9900"));
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i].toLowerCase(Locale.ROOT), headers[i + 1]);
        }
        int mark = target.indexOf('?');
        Request request = new Request(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                "127.0.0.1",
                name -> fields.get(name.toLowerCase(Locale.ROOT)),
                body);
        return router.reply(request, NO_LISTENER);
    }

    private static Reply get(Router router, String target, String... headers) {
        return send(router, "GET", target, "", headers);
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/picture,300,0",
        "/api/picture?range=60&since=17,60,17",
        "/api/picture?range=1000000,3600,0",
    })
    void picture_hasTheRequestedRange(String target, int range, long since) {
        assertThat(text(get(withoutToken, target))).startsWith("{\"range\":" + range + ",\"since\":" + since + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/picture?range=x", "/api/picture?range=-1", "/api/picture?since=%zz"})
    void malformedQuery_isRefused(String target) {
        assertThat(get(withoutToken, target).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../index.html", "/index.html/..", "/README.md", "/Router.class", "//etc/passwd", "/a\0b"})
    void unknownPath_isNotFound(String target) {
        assertThat(get(withoutToken, target).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9900,200",
        "127.0.0.1:9900,200",
        "[::1]:9900,200",
        "LOCALHOST,200",
        "rebound.evil.example:9900,421",
        "localhost.evil.example,421",
        "127.0.0.1.evil.example,421",
    })
    void withoutToken_onlyLoopbackNamesAreAllowed(String host, int status) {
        assertThat(get(withoutToken, "/", "Host", host).status()).isEqualTo(status);
    }

    @Test
    void withoutToken_changesAreRefused() {
        assertThat(send(withoutToken, "POST", "/api/reset", "").status()).isEqualTo(403);
        assertThat(send(withoutToken, "POST", "/api/config", "{\"key\":\"mode\",\"value\":\"strict\"}")
                        .status())
                .isEqualTo(403);
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/picture", "/api/events", "/api/hooks", "/api/config", "/metrics", "/snapshot", "/app.js"})
    void withToken_everyPathNeedsIt(String target) {
        assertThat(get(withToken, target).status()).isEqualTo(401);
        assertThat(get(withToken, target, "Authorization", "Bearer " + TOKEN.toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(401);
        assertThat(get(withToken, target, "Authorization", "Bearer " + TOKEN).status())
                .isEqualTo(200);
    }

    @Test
    void signIn_exchangesTheTokenForACookie() {
        assertThat(text(get(withToken, "/"))).contains("<form");

        Reply signedIn = send(withToken, "POST", "/login", "token=" + TOKEN);
        String cookie = signedIn.headers().get("Set-Cookie");

        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(get(withToken, "/api/hooks", "Cookie", session).status()).isEqualTo(200);
        assertThat(get(withToken, "/api/hooks", "Cookie", session + "0").status())
                .isEqualTo(401);
        now += Sessions.LIFETIME.toNanos();
        assertThat(get(withToken, "/api/hooks", "Cookie", session).status()).isEqualTo(401);
    }

    @Test
    void afterTenWrongTokens_onlyWrongOnesAreRefusedSlowlyForAMinute() {
        for (int i = 0; i < FailedAttempts.MAX_FAILURES; i++) {
            assertThat(get(withToken, "/metrics", "Authorization", "Bearer guess-" + i)
                            .status())
                    .isEqualTo(401);
        }

        Reply wrong = get(withToken, "/metrics", "Authorization", "Bearer guess");
        Reply right = get(withToken, "/metrics", "Authorization", "Bearer " + TOKEN);

        assertThat(wrong.status()).isEqualTo(429);
        assertThat(wrong.isDelayed()).isTrue();
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.isDelayed()).isFalse();
        assertThat(send(withToken, "POST", "/login", "token=guess").status()).isEqualTo(429);
        assertThat(send(withToken, "POST", "/login", "token=" + TOKEN).status()).isEqualTo(303);
        now += TimeUnit.MINUTES.toNanos(1);
        assertThat(get(withToken, "/metrics", "Authorization", "Bearer guess").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,http://evil.example,403",
        "Sec-Fetch-Site,cross-site,403",
        "Sec-Fetch-Site,same-site,403",
        "Origin,http://localhost:9900,200",
        "Sec-Fetch-Site,same-origin,200",
    })
    void changeFromAPageOfAnotherSite_isRefused(String header, String value, int status) {
        Reply reply = send(withToken, "POST", "/api/reset", "", header, value, "Authorization", "Bearer " + TOKEN);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(changes).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void change_isApplied_andAnInvalidOneIsRefusedWithTheReason() {
        String[] authorized = {"Authorization", "Bearer " + TOKEN};

        assertThat(send(withToken, "POST", "/api/config", "{\"key\":\"mode\",\"value\":\"strict\"}", authorized)
                        .status())
                .isEqualTo(200);
        Reply invalid = send(withToken, "POST", "/api/config", "{\"key\":\"unknown\",\"value\":\"1\"}", authorized);
        assertThat(send(withToken, "POST", "/api/config", "not json", authorized)
                        .status())
                .isEqualTo(400);

        assertThat(changes).containsExactly("mode=strict");
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(text(invalid)).contains("unknown option unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PUT", "DELETE", "OPTIONS", "get"})
    void unknownMethod_isRefused(String method) {
        assertThat(send(withoutToken, method, "/", "").status()).isEqualTo(405);
    }

    @Test
    void cachedAsset_isNotSentAgain() {
        String tag = get(withoutToken, "/app.js").headers().get("ETag");

        assertThat(get(withoutToken, "/app.js", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(get(withoutToken, "/app.js", "If-None-Match", "\"other\"").status())
                .isEqualTo(200);
    }

    @Test
    void snapshot_hasNoReferences_andItsPictureIsEscaped() {
        Reply snapshot = get(withoutToken, "/snapshot");
        String page = text(snapshot);

        assertThat(snapshot.headers().get("Content-Disposition"))
                .isEqualTo("attachment; filename=\"stallsight-shop.html\"");
        assertThat(page).doesNotContain("<script src", "<link rel=\"stylesheet\"");
        assertThat(page).contains("\\u003c/script>");
    }

    @Test
    void metrics_areInTheRequestedFormat() {
        assertThat(text(get(withoutToken, "/metrics", "Accept", "application/openmetrics-text")))
                .isEqualTo("metrics for application/openmetrics-text");
    }
}
