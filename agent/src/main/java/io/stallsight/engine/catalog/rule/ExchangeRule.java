package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * How to find out where a request goes: paths over fields and methods without parameters, from the object that a point
 * of section {@code exchange} has.
 *
 * @param className of the object, or a superclass of it
 * @param remote path to a {@link java.net.URI} or an {@link java.net.InetSocketAddress}
 * @param proxy path to the {@link java.net.Proxy} or its address, to which the connection goes; null if there is none
 */
public record ExchangeRule(
        String className, String remote, @Nullable String proxy) implements Rule {

    public static ExchangeRule read(CatalogEntry entry) {
        return new ExchangeRule(entry.required("class"), entry.required("remote"), entry.text("proxy"));
    }
}
