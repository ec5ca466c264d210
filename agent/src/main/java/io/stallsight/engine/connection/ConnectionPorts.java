package io.stallsight.engine.connection;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.AddressRule;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.reflect.MemberPath;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a TCP connection: its two ports. Thread-safe.
 *
 * <p>Addresses are left out, as an end that listens on all of them does not always know by which it was reached. Two
 * connections of this JVM with the same two ports at the same time lead to different hosts, which is rare.
 */
final class ConnectionPorts {

    private record Ends(MemberPath local, MemberPath remote) {}

    private record Found(@Nullable Ends ends) {}

    private final List<AddressRule> rules;
    private final ClassMap<Found> ends = new ClassMap<>(type -> new Found(find(type)));

    ConnectionPorts(List<AddressRule> rules) {
        this.rules = new ArrayList<>(rules);
    }

    /** The local port times 2^16, and the remote one; 0 if the connection has no ports, or none yet. */
    long key(Object connection) {
        Ends known = ends.get(connection.getClass()).ends;
        if (known == null) {
            return 0;
        }
        long local = port(known.local.follow(connection));
        long remote = port(known.remote.follow(connection));
        return local <= 0 || remote <= 0 ? 0 : local << 16 | remote;
    }

    private static long port(@Nullable Object end) {
        if (end instanceof InetSocketAddress address) {
            return address.getPort();
        }
        return end instanceof Integer number ? number : 0;
    }

    private @Nullable Ends find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (AddressRule rule : rules) {
                MemberPath local = MemberPath.of(rule.local());
                MemberPath remote = MemberPath.of(rule.remote());
                if (ClassNames.isOrCopies(at.getName(), rule.className()) && local != null && remote != null) {
                    return new Ends(local, remote);
                }
            }
        }
        return null;
    }
}
