package io.stallsight.engine.catalog;

import java.util.List;

/** A public class of the JDK that many classes inherit from: a call is named after the class inside. */
record AbstractionRule(String className) implements Rule {

    static List<AbstractionRule> read(CatalogEntry entry) {
        return entry.requiredTexts("classes").stream().map(AbstractionRule::new).toList();
    }
}
