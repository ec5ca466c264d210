package io.stallsight.engine.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are allowed.
 *
 * <ul>
 *   <li>Without a token, the server listens on loopback only. All requests may read, and none may change anything.
 *   <li>With a token, a request needs it (or a session that began with it) to read and to change.
 *   <li>A change that a page of another site made a browser send is refused (cross-site request forgery).
 * </ul>
 */
final class Access {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "Bearer ";
    private static final String CROSS_SITE = "a page of another site must not do this";

    private final Endpoint endpoint;
    private final @Nullable Token token;
    private final Sessions sessions;
    private final FailedAttempts failures;

    /** @param endpoint with the actual port, not 0 */
    Access(Endpoint endpoint, @Nullable Token token, Sessions sessions, FailedAttempts failures) {
        this.endpoint = endpoint;
        this.token = token;
        this.sessions = sessions;
        this.failures = failures;
    }

    /** Returns the reply that refuses the request, or null if the request is allowed. */
    @Nullable
    Reply refuse(Request request) {
        String host = request.header("Host");
        if (host == null) {
            return Reply.text(400, "the request needs exactly one Host header");
        }
        if (token == null && !isOwnName(host)) {
            return Reply.text(421, "wrong host name; use localhost or " + endpoint);
        }
        if (request.isPost() && !isSameOrigin(request, host)) {
            return Reply.text(403, CROSS_SITE);
        }
        if (token == null) {
            return request.isPost()
                    ? Reply.text(403, "changes need a token; start the agent with STALLSIGHT_HTTP_TOKEN")
                    : null;
        }
        if (isTrusted(request)) {
            return null;
        }
        return bearer(request) == null
                ? Reply.text(401, "the request needs a token").with("WWW-Authenticate", "Bearer")
                : wrongToken(request.remote());
    }

    boolean needsToken() {
        return token != null;
    }

    /** Returns whether the request carries the token, or a session that began with it. False if no token is set. */
    boolean isTrusted(Request request) {
        if (token == null) {
            return false;
        }
        String session = request.cookie(cookieName());
        if (session != null && sessions.isValid(session)) {
            return true;
        }
        String offered = bearer(request);
        return offered != null && token.matches(offered);
    }

    private static @Nullable String bearer(Request request) {
        String authorization = request.header("Authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : null;
    }

    /** Begins a session. Returns a redirect to the page with the session's cookie, or a refusal. */
    Reply signIn(Request request, String offered) {
        String host = request.header("Host");
        if (host == null || request.isPost() && !isSameOrigin(request, host)) {
            return Reply.text(403, CROSS_SITE);
        }
        if (token == null) {
            return Reply.text(404, "sign-in is not needed: no token is set");
        }
        if (!token.matches(offered)) {
            return wrongToken(request.remote());
        }
        return Reply.text(303, "signed in")
                .with("Location", "./")
                .with(
                        "Set-Cookie",
                        cookieName() + "=" + sessions.begin() + "; HttpOnly; SameSite=Strict; Path=/; Max-Age="
                                + Sessions.LIFETIME.toSeconds());
    }

    /**
     * Refuses a wrong token. After many of them, the address gets its refusals late. The right token is compared first
     * and never delayed: a scraper with a wrong token must not lock out the others behind the same proxy.
     */
    private Reply wrongToken(String remote) {
        if (failures.add(remote)) {
            return Reply.text(429, "too many wrong tokens from this address; answers to wrong tokens are slowed down")
                    .with("Retry-After", Long.toString(FailedAttempts.WINDOW.toSeconds()));
        }
        return Reply.text(401, "wrong token").with("WWW-Authenticate", "Bearer");
    }

    /** Contains the port, because browsers share cookies among all ports of a host. */
    private String cookieName() {
        return "stallsight_" + endpoint.port();
    }

    /**
     * Protects from DNS rebinding: a page of another site can make its own name resolve to loopback, but its requests
     * still carry that name in the header {@code Host}.
     */
    private boolean isOwnName(String host) {
        int colon = host.lastIndexOf(':');
        String name = (colon > host.lastIndexOf(']') ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        String own = endpoint.toString();
        return LOOPBACK_NAMES.contains(name) || name.equals(own.substring(0, own.lastIndexOf(':')));
    }

    /** Clients that are not browsers send neither header, and are allowed. */
    private static boolean isSameOrigin(Request request, String host) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = request.header("Origin");
        return origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    }
}
