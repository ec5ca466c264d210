package io.stallsight.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path without the query
 * @param query null if the target has none
 * @param remote address of the client, see {@link ClientAddress}
 * @param headers header fields
 * @param body body of a POST, at most {@link Limits#MAX_BODY_BYTES} bytes; otherwise empty
 */
record Request(String method, String path, @Nullable String query, String remote, Headers headers, String body) {

    /** Header fields by name. */
    @FunctionalInterface
    interface Headers {
        /**
         * Returns the value of the field, or null if the request has none or more than one.
         *
         * @param name not case-sensitive
         */
        @Nullable
        String get(String name);
    }

    boolean isPost() {
        return method.equals("POST");
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** Returns the value of a cookie, or null if the request does not have it. */
    @Nullable
    String cookie(String name) {
        String cookies = header("Cookie");
        if (cookies != null) {
            for (String cookie : cookies.split(";")) {
                String trimmed = cookie.trim();
                if (trimmed.startsWith(name + "=")) {
                    return trimmed.substring(name.length() + 1);
                }
            }
        }
        return null;
    }
}
