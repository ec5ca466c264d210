package io.stallsight.engine.config;

import io.stallsight.api.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The version of this agent, as the manifest of its jar has it. */
public final class AgentVersion {

    private AgentVersion() {}

    /** {@code unknown} if the classes do not come from a jar. */
    public static String text() {
        // the loader of the API defines its packages with the manifest, that of the engine does not
        String version = Kind.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** A hash of all that is in this agent; null if the classes do not come from its jar. */
    public static @Nullable String build() {
        try (InputStream in = AgentVersion.class.getClassLoader().getResourceAsStream("content.sha256")) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim();
        } catch (IOException e) {
            return null;
        }
    }
}
