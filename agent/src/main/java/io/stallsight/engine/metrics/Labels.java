package io.stallsight.engine.metrics;

import java.util.List;

/** Label names that several metrics share. Outputs replace the dots where their format requires it. */
final class Labels {

    static final List<String> NONE = List.of();
    static final List<String> LOOP = List.of("loop", "loop.group");
    static final List<String> CALL = List.of("kind", "api", "site", "fingerprint", "loop.group");
    static final List<String> STALL = List.of("cause", "api", "site", "fingerprint", "loop.group");
    static final List<String> KIND = List.of("kind", "loop.group");
    static final List<String> CAUSE = List.of("cause", "loop.group");
    static final List<String> SITE = List.of("site");
    static final List<String> SITE_AND_GROUP = List.of("site", "loop.group");
    static final List<String> POOL = List.of("pool", "type");
    static final List<String> DOWNSTREAM = List.of("downstream");
    static final List<String> LIBRARY = List.of("library");
    static final List<String> STATE = List.of("state");
    static final List<String> AGENT = List.of("agent.version", "mode");

    private Labels() {}
}
