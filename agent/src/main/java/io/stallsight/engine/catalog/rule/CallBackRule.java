package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;

/** The name of a method by which the JDK calls back: a call inside is not named after the API outside. */
public record CallBackRule(String method) implements Rule {

    public static List<CallBackRule> read(CatalogEntry entry) {
        return entry.requiredTexts("methods").stream().map(CallBackRule::new).toList();
    }
}
