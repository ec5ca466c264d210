package io.stallsight.engine.config;

import io.stallsight.api.Kind;

/** The version of this agent, as the manifest of its jar has it. */
public final class AgentVersion {

    private AgentVersion() {}

    /** {@code unknown} if the classes do not come from a jar. */
    public static String text() {
        // the loader of the API defines its packages with the manifest, that of the engine does not
        String version = Kind.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
