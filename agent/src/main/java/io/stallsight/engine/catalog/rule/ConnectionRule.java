package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;

/**
 * How to find out, when a connection is about to be closed, whether it had been established.
 *
 * @param connected a public method without parameters that returns a boolean and that any thread may call
 */
public record ConnectionRule(String className, String connected) implements Rule {

    /** None if the connection has no such method. */
    public static List<ConnectionRule> read(CatalogEntry entry) {
        String connected = entry.text("connected");
        return connected == null ? List.of() : List.of(new ConnectionRule(entry.required("class"), connected));
    }
}
