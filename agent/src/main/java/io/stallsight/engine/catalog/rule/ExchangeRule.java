package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * How to find out where a request goes, and whether it has failed: paths over fields and methods without parameters,
 * from the object that a point of section {@code exchange} has, or from an object to which such a path leads.
 *
 * @param className of the object, or a superclass of it
 * @param remote path to a {@link java.net.URI}, an {@link java.net.InetSocketAddress}, a text {@code host:port}, or an
 *     object with an entry of its own; null if the object itself has the host
 * @param host path to the name of the host; null if {@code remote} leads to it
 * @param port path to the number of the port; null without {@code host}
 * @param proxy path to the proxy or its address, to which the connection goes; null if there is none
 * @param failure path from the outcome of a request to what has made it fail; null if the object is no outcome
 */
public record ExchangeRule(
        String className,
        @Nullable String remote,
        @Nullable String host,
        @Nullable String port,
        @Nullable String proxy,
        @Nullable String failure)
        implements Rule {

    public static ExchangeRule read(CatalogEntry entry) {
        String host = entry.text("host");
        String failure = entry.text("failure");
        return new ExchangeRule(
                entry.required("class"),
                host == null && failure == null ? entry.required("remote") : entry.text("remote"),
                host,
                host == null ? null : entry.required("port"),
                entry.text("proxy"),
                failure);
    }
}
