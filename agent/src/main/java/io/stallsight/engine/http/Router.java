package io.stallsight.engine.http;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import org.jspecify.annotations.Nullable;

/** Maps each path and method to a reply. Thread-safe; runs on the threads of the connections. */
final class Router {

    private static final int MIN_RANGE_SECONDS = 60;
    private static final int MAX_RANGE_SECONDS = 3600;
    private static final int DEFAULT_RANGE_SECONDS = 300;

    private static final String SIGN_IN = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="dark light"><title>Stallsight: sign in</title></head>
            <body><main><h1>Stallsight</h1>
            <form action="login" method="post">
            <p><label for="token">Token</label> <input id="token" name="token" type="password" required autofocus autocomplete="current-password">
            <button>Sign in</button></p>
            </form><p>The token is the value of <code>STALLSIGHT_HTTP_TOKEN</code> with which this agent was started.</p></main></body></html>
            """;

    private final Pages pages;
    private final Access access;
    private final EventFeed feed;
    private final Assets assets;

    Router(Pages pages, Access access, EventFeed feed, Assets assets) {
        this.pages = pages;
        this.access = access;
        this.feed = feed;
        this.assets = assets;
    }

    /** Returns whether requests need a token. */
    boolean needsToken() {
        return access.needsToken();
    }

    /** Returns whether the request carries the token or a session. */
    boolean isTrusted(Request request) {
        return access.isTrusted(request);
    }

    /** @param listener called before and after each event of a stream is written */
    Reply reply(Request request, EventFeed.WriteListener listener) {
        String method = request.method();
        if (!method.equals("GET") && !method.equals("HEAD") && !method.equals("POST")) {
            return Reply.text(405, "only GET, HEAD and POST are allowed").with("Allow", "GET, HEAD, POST");
        }
        try {
            return replyToKnownMethod(request, listener).compressedFor(request.header("Accept-Encoding"));
        } catch (BadRequest e) {
            return Reply.text(400, String.valueOf(e.getMessage()));
        }
    }

    private Reply replyToKnownMethod(Request request, EventFeed.WriteListener listener) throws BadRequest {
        String path = request.path();
        if (path.equals("/login")) {
            String offered = request.isPost() ? Query.of(request.body()).get("token") : null;
            return offered == null ? signIn() : access.signIn(request, offered);
        }
        boolean isPage = path.equals("/") && !request.isPost();
        String offered = isPage ? Query.of(request.query()).get("token") : null;
        if (offered != null) {
            return access.signIn(request, offered);
        }
        Reply refusal = access.refuse(request);
        if (refusal != null) {
            return isPage && refusal.status() == 401 ? signIn() : refusal;
        }
        return request.isPost() ? change(request) : show(request, listener);
    }

    private static Reply signIn() {
        return Reply.of(401, Reply.HTML, SIGN_IN).with("WWW-Authenticate", "Bearer");
    }

    private Reply show(Request request, EventFeed.WriteListener listener) throws BadRequest {
        Query query = Query.of(request.query());
        int range = (int) Math.min(MAX_RANGE_SECONDS, query.number("range", MIN_RANGE_SECONDS, DEFAULT_RANGE_SECONDS));
        return switch (request.path()) {
            case "/api/picture" -> Reply.ok(Reply.JSON, pages.picture(range, query.number("since", 0, 0)));
            case "/api/events" -> request.method().equals("HEAD") ? Reply.events(out -> {}) : events(range, listener);
            case "/api/hooks" -> Reply.ok(Reply.JSON, pages.hooks());
            case "/api/config" -> Reply.ok(Reply.JSON, pages.config());
            case "/snapshot" ->
                Reply.ok(Reply.HTML, Snapshot.html(assets, pages.picture(range, 0)))
                        .with("Content-Disposition", "attachment; filename=\"" + pages.snapshotName() + "\"");
            case "/metrics" -> {
                Pages.Metrics metrics = pages.metrics(request.header("Accept"));
                yield Reply.ok(metrics.contentType(), metrics.text());
            }
            case "/api/reset", "/login" ->
                Reply.text(405, "only POST is allowed").with("Allow", "POST");
            default -> asset(request);
        };
    }

    private Reply events(int range, EventFeed.WriteListener listener) {
        return feed.isFull()
                ? Reply.text(503, "too many pages are open; close one").with("Retry-After", "10")
                : Reply.events(out -> feed.write(range, out, listener));
    }

    private Reply asset(Request request) {
        Assets.Asset asset = assets.get(
                request.path().equals("/") ? Assets.PAGE : request.path().substring(1));
        if (asset == null) {
            return Reply.text(404, "unknown page");
        }
        boolean isCached = asset.etag().equals(request.header("If-None-Match"));
        return (isCached ? Reply.of(304, asset.contentType(), "") : Reply.ok(asset.contentType(), asset.text()))
                .with("ETag", asset.etag())
                .with("Cache-Control", "no-cache");
    }

    private Reply change(Request request) throws BadRequest {
        switch (request.path()) {
            case "/api/config" -> {
                JsonObject body = object(request.body());
                String key = text(body, "key");
                String value = text(body, "value");
                if (key == null || value == null) {
                    throw new BadRequest("the body must be {\"key\":\"...\",\"value\":\"...\"}");
                }
                try {
                    pages.change(key, value);
                } catch (IllegalArgumentException e) {
                    throw new BadRequest(String.valueOf(e.getMessage()));
                }
                return Reply.ok(Reply.JSON, pages.config());
            }
            case "/api/reset" -> {
                pages.reset();
                return Reply.text(200, "findings and history deleted");
            }
            default -> {
                return Reply.text(405, "only GET is allowed").with("Allow", "GET, HEAD");
            }
        }
    }

    private static JsonObject object(String text) throws BadRequest {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new BadRequest("the body is not a JSON object");
        }
    }

    private static @Nullable String text(JsonObject object, String key) {
        return object.get(key) instanceof String text ? text : null;
    }
}
