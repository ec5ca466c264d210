package io.stallsight.engine.metrics;

import io.stallsight.engine.config.Detail;

/** Makes labels from names of downstreams. Hosts and paths may be personal data, so the default hides them. */
record DownstreamNames(Detail detail) {

    /** Returns {@code *:5432} for {@code db.shop.internal:5432}, and {@code unix} for the path of a local socket. */
    String label(String name) {
        if (detail == Detail.FULL || name.equals(Limits.OTHERS)) {
            return name;
        }
        int colon = name.lastIndexOf(':');
        boolean hasPort = !name.startsWith("/")
                && colon > 0
                && colon < name.length() - 1
                && name.chars().skip(colon + 1).allMatch(c -> c >= '0' && c <= '9');
        return hasPort ? "*" + name.substring(colon) : "unix";
    }
}
