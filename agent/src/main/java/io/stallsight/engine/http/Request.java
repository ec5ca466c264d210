package io.stallsight.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * One request, as far as the answer depends on it.
 *
 * @param path without the query
 * @param query null if there is none
 * @param remote address of the client
 * @param headers value by name; null if there is none or more than one
 * @param body of a POST, at most {@link Limits#BODY} bytes; else empty
 */
record Request(String method, String path, @Nullable String query, String remote, Headers headers, String body) {

    /** Header fields, names in any case. */
    @FunctionalInterface
    interface Headers {
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

    /** Value of a cookie, or null. */
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
