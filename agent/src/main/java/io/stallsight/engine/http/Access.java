package io.stallsight.engine.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what. On loopback without a token everybody may look, and nobody may change anything; with a token, only
 * who knows it may do either. Requests that a page of another site has made a browser send are refused.
 */
final class Access {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "Bearer ";

    private final Endpoint endpoint;
    private final @Nullable Token token;
    private final Sessions sessions;
    private final FailedAttempts failures;

    /** @param endpoint with the port that it really has */
    Access(Endpoint endpoint, @Nullable Token token, Sessions sessions, FailedAttempts failures) {
        this.endpoint = endpoint;
        this.token = token;
        this.sessions = sessions;
        this.failures = failures;
    }

    /** What the request is refused with, or null. */
    @Nullable
    Reply refuse(Request request) {
        String host = request.header("Host");
        if (host == null) {
            return Reply.text(400, "one Host header is needed");
        }
        if (token == null && !isOwnName(host)) {
            return Reply.text(421, "this server does not go by that name; it answers to localhost and " + endpoint);
        }
        if (request.isPost() && !isSameOrigin(request, host)) {
            return Reply.text(403, "a page of another site may not do that");
        }
        if (token == null) {
            return request.isPost()
                    ? Reply.text(403, "changes need a token, and none is set: start with STALLSIGHT_HTTP_TOKEN")
                    : null;
        }
        String session = request.cookie(cookieName());
        if (session != null && sessions.knows(session)) {
            return null;
        }
        String authorization = request.header("Authorization");
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return Reply.text(401, "a token is needed").with("WWW-Authenticate", "Bearer");
        }
        return tried(request.remote(), authorization.substring(BEARER.length()));
    }

    /** Exchanges the token for a session: a reply with its cookie that leads to the page, or a refusal. */
    Reply signIn(Request request, String offered) {
        String host = request.header("Host");
        if (host == null || request.isPost() && !isSameOrigin(request, host)) {
            return Reply.text(403, "a page of another site may not do that");
        }
        if (token == null) {
            return Reply.text(404, "no token is set, none is needed");
        }
        Reply refusal = tried(request.remote(), offered);
        if (refusal != null) {
            return refusal;
        }
        return Reply.text(303, "signed in")
                .with("Location", "./")
                .with(
                        "Set-Cookie",
                        cookieName() + "=" + sessions.begin() + "; HttpOnly; SameSite=Strict; Path=/; Max-Age="
                                + Sessions.LIFE.toSeconds());
    }

    private @Nullable Reply tried(String remote, String offered) {
        if (failures.isBlocked(remote)) {
            return Reply.text(429, "too many wrong tokens from this address; wait a minute")
                    .with("Retry-After", Long.toString(FailedAttempts.WINDOW.toSeconds()));
        }
        if (token != null && token.matches(offered)) {
            return null;
        }
        failures.failed(remote);
        return Reply.text(401, "wrong token").with("WWW-Authenticate", "Bearer");
    }

    /** Of its own port: cookies are shared by all ports of a host. */
    private String cookieName() {
        return "stallsight_" + endpoint.port();
    }

    /** A page whose name was made to point to loopback still sends its own name. */
    private boolean isOwnName(String host) {
        int colon = host.lastIndexOf(':');
        String name = (colon > host.lastIndexOf(']') ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        String own = endpoint.toString();
        return LOOPBACK_NAMES.contains(name) || name.equals(own.substring(0, own.lastIndexOf(':')));
    }

    /** Clients other than browsers send neither header. */
    private static boolean isSameOrigin(Request request, String host) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = request.header("Origin");
        return origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    }
}
