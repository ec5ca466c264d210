package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;

/** A public class of the JDK that many classes inherit from: a call is named after the class inside. */
public record AbstractionRule(String className) implements Rule {

    public static List<AbstractionRule> read(CatalogEntry entry) {
        return entry.requiredTexts("classes").stream().map(AbstractionRule::new).toList();
    }
}
