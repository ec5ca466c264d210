package io.stallsight.engine;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.instrument.HookTable;
import java.lang.instrument.Instrumentation;

/**
 * What one attach begins with.
 *
 * @param hooks of {@code catalog}
 * @param status takes how the attach went, for the command line
 */
record Inputs(Config config, Catalog catalog, HookTable hooks, PackageOpener opener, AgentStatus status) {

    /** Opens the packages that the engine needs to read from, before any of its parts is built. */
    static Inputs of(Config config, Catalog catalog, Instrumentation instrumentation, AgentStatus status) {
        PackageOpener opener = new PackageOpener(instrumentation);
        opener.openForDetectionAndRooms();
        opener.openFor(catalog.exchanges());
        return new Inputs(config, catalog, new HookTable(catalog), opener, status);
    }

    Instrumentation instrumentation() {
        return opener.instrumentation();
    }
}
