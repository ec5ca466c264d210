package io.stallsight.engine.metrics;

import io.stallsight.engine.config.Detail;

/** Names of downstreams as they are shown: hosts and paths may be data of users. */
record DownstreamNames(Detail detail) {

    /**
     * The label of a downstream: of {@code host:port} the port alone, {@code *:5432}; {@code unix} for the path of a
     * local socket.
     */
    String show(String name) {
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
