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
    private static final EventFeed.Watch UNWATCHED = new EventFeed.Watch() {
        @Override
        public void writing() {}

        @Override
        public void written() {}
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
    private final Router open = router("127.0.0.1:9900", null);
    private final Router closed = router("127.0.0.1:9900", TOKEN);

    private Router router(String endpoint, @Nullable String token) {
        Access access = new Access(
                Endpoint.of(endpoint),
                token == null ? null : Token.of(token),
                new Sessions(() -> now),
                new FailedAttempts(() -> now));
        return new Router(pages, access, new EventFeed(pages, 1_000_000_000L), Assets.load());
    }

    private static Reply ask(Router router, String method, String target, String body, String... headers) {
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
        return router.answer(request, UNWATCHED);
    }

    private static Reply get(Router router, String target, String... headers) {
        return ask(router, "GET", target, "", headers);
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
    void picture_isOfTheRangeThatIsAskedFor(String target, int range, long since) {
        assertThat(text(get(open, target))).startsWith("{\"range\":" + range + ",\"since\":" + since + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/picture?range=x", "/api/picture?range=-1", "/api/picture?since=%zz"})
    void aBadQuery_isRefused(String target) {
        assertThat(get(open, target).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../index.html", "/index.html/..", "/README.md", "/Router.class", "//etc/passwd", "/a\0b"})
    void whatIsNoPage_isNotFound(String target) {
        assertThat(get(open, target).status()).isEqualTo(404);
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
    void withoutAToken_onlyLoopbackNamesAreAnswered(String host, int status) {
        assertThat(get(open, "/", "Host", host).status()).isEqualTo(status);
    }

    @Test
    void withoutAToken_nothingCanBeChanged() {
        assertThat(ask(open, "POST", "/api/reset", "").status()).isEqualTo(403);
        assertThat(ask(open, "POST", "/api/config", "{\"key\":\"mode\",\"value\":\"strict\"}")
                        .status())
                .isEqualTo(403);
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/picture", "/api/events", "/api/hooks", "/api/config", "/metrics", "/snapshot", "/app.js"})
    void withAToken_everythingNeedsIt(String target) {
        assertThat(get(closed, target).status()).isEqualTo(401);
        assertThat(get(closed, target, "Authorization", "Bearer " + TOKEN.toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(401);
        assertThat(get(closed, target, "Authorization", "Bearer " + TOKEN).status())
                .isEqualTo(200);
    }

    @Test
    void thePage_isAFormUntilTheTokenIsGiven_whichIsExchangedForACookie() {
        assertThat(text(get(closed, "/"))).contains("<form");

        Reply signedIn = ask(closed, "POST", "/login", "token=" + TOKEN);
        String cookie = signedIn.headers().get("Set-Cookie");

        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(get(closed, "/api/hooks", "Cookie", session).status()).isEqualTo(200);
        assertThat(get(closed, "/api/hooks", "Cookie", session + "0").status()).isEqualTo(401);
        now += Sessions.LIFE.toNanos();
        assertThat(get(closed, "/api/hooks", "Cookie", session).status()).isEqualTo(401);
    }

    @Test
    void afterTenWrongTokens_evenTheRightOneHasToWait() {
        for (int i = 0; i < FailedAttempts.MOST; i++) {
            assertThat(get(closed, "/metrics", "Authorization", "Bearer guess-" + i)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(get(closed, "/metrics", "Authorization", "Bearer " + TOKEN).status())
                .isEqualTo(429);
        now += TimeUnit.MINUTES.toNanos(1);
        assertThat(get(closed, "/metrics", "Authorization", "Bearer " + TOKEN).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,http://evil.example,403",
        "Sec-Fetch-Site,cross-site,403",
        "Sec-Fetch-Site,same-site,403",
        "Origin,http://localhost:9900,200",
        "Sec-Fetch-Site,same-origin,200",
    })
    void changes_areNotTakenFromPagesOfOthers(String header, String value, int status) {
        Reply reply = ask(closed, "POST", "/api/reset", "", header, value, "Authorization", "Bearer " + TOKEN);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(changes).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void aChange_isMade_andAMistakeIsToldInItsOwnWords() {
        String[] authorized = {"Authorization", "Bearer " + TOKEN};

        assertThat(ask(closed, "POST", "/api/config", "{\"key\":\"mode\",\"value\":\"strict\"}", authorized)
                        .status())
                .isEqualTo(200);
        Reply mistake = ask(closed, "POST", "/api/config", "{\"key\":\"unknown\",\"value\":\"1\"}", authorized);
        assertThat(ask(closed, "POST", "/api/config", "not json", authorized).status())
                .isEqualTo(400);

        assertThat(changes).containsExactly("mode=strict");
        assertThat(mistake.status()).isEqualTo(400);
        assertThat(text(mistake)).contains("unknown option unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PUT", "DELETE", "OPTIONS", "get"})
    void otherMethods_areRefused(String method) {
        assertThat(ask(open, method, "/", "").status()).isEqualTo(405);
    }

    @Test
    void anAsset_thatTheBrowserHas_isNotSentAgain() {
        String tag = get(open, "/app.js").headers().get("ETag");

        assertThat(get(open, "/app.js", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(get(open, "/app.js", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }

    @Test
    void aSnapshot_needsNoOtherFile_andNoTextEndsItsPicture() {
        String page = text(get(open, "/snapshot"));

        assertThat(page).doesNotContain("<script src", "<link rel=\"stylesheet\"");
        assertThat(page).contains("\\u003c/script>");
    }

    @Test
    void metrics_areInTheFormatThatIsAskedFor() {
        assertThat(text(get(open, "/metrics", "Accept", "application/openmetrics-text")))
                .isEqualTo("metrics for application/openmetrics-text");
    }
}
