package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;

/**
 * How to read the two ends of a connection of a class.
 *
 * @param local path to the local end: an {@link java.net.InetSocketAddress} or the number of a port. Any thread may
 *     follow the path
 * @param remote path to the remote end
 */
public record AddressRule(String className, String local, String remote) implements Rule {

    public static AddressRule read(CatalogEntry entry) {
        return new AddressRule(entry.required("class"), entry.required("local"), entry.required("remote"));
    }
}
