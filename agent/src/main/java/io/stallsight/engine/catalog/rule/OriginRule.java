package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;

/**
 * Places of classes, by parts of their path.
 *
 * @param paths the path of a place has one of them; each ends with a slash
 * @param besides name of the jar that the JVM was started with: the paths begin in its folder; empty if anywhere
 * @param holds what classes are there
 */
public record OriginRule(List<String> paths, String besides, Contents holds) implements Rule {

    /** Whose classes a place has. */
    public enum Contents {
        /** The service's own. */
        APPLICATION,
        /** What a tool has made of classes of the service and of libraries. */
        GENERATED
    }

    public static OriginRule read(CatalogEntry entry) {
        return new OriginRule(
                entry.requiredTexts("paths"),
                entry.text("besides", ""),
                entry.requiredConstant("holds", Contents.class));
    }
}
