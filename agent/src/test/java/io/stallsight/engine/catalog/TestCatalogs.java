package io.stallsight.engine.catalog;

import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.frame.FramePattern;

/** Catalogs for tests of other packages. */
public final class TestCatalogs {

    private TestCatalogs() {}

    /** What the text says, without the built-in files. */
    public static Catalog of(String json) {
        CatalogReader reader = new CatalogReader(17);
        reader.read(json, "test.json");
        return reader.catalog();
    }

    public static Catalog builtIn(int feature) {
        return new CatalogReader(feature).readBuiltIn().catalog();
    }

    /** A rule as a catalog without further keys would have it. */
    public static FrameRule allow(String frames) {
        return FrameRule.allow(FramePattern.parse(frames), "test", "test");
    }

    public static FrameRule disallow(String frames) {
        return FrameRule.disallow(FramePattern.parse(frames), "test", "test");
    }

    /** Allows only what the frame itself calls. */
    public static FrameRule allowDirect(String frames) {
        return allow(frames).with(FrameRule.Trait.DIRECT);
    }
}
