package io.stallsight.engine.connection;

import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.rule.ExchangeRule;
import io.stallsight.engine.memory.BoundedMap;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.reflect.Describer;
import io.stallsight.engine.reflect.MemberPath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where requests go, by the paths of the catalog. Thread-safe. Nothing is resolved: the name has the host as
 * the application wrote it, like the name of a connection.
 */
final class ExchangeRemotes {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_NAMES = 1_000;

    private record Authority(String host, int port) {}

    private record Ends(MemberPath remote, @Nullable MemberPath proxy) {}

    private record Found(@Nullable Ends ends) {}

    private final List<ExchangeRule> rules;
    private final ClassMap<Found> ends = new ClassMap<>(type -> new Found(find(type)));

    /** A request makes no text of its own. */
    private final BoundedMap<Authority, String> names = new BoundedMap<>(MAX_NAMES);

    ExchangeRemotes(List<ExchangeRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** {@code host:port}; empty if it is not known. */
    String name(Object exchange) {
        Ends known = ends.get(exchange.getClass()).ends;
        if (known == null) {
            return "";
        }
        Object proxy = known.proxy == null ? null : known.proxy.follow(exchange);
        if (proxy != null && proxy.getClass() == Proxy.class) {
            proxy = ((Proxy) proxy).address();
        }
        return nameOf(proxy instanceof InetSocketAddress ? proxy : known.remote.follow(exchange));
    }

    private String nameOf(@Nullable Object remote) {
        if (remote instanceof InetSocketAddress address) {
            return name(address.getHostString(), address.getPort());
        }
        if (remote instanceof URI uri) {
            boolean secure = "https".equalsIgnoreCase(uri.getScheme());
            return uri.getHost() == null
                    ? ""
                    : name(uri.getHost(), uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS : HTTP);
        }
        return "";
    }

    private String name(String host, int port) {
        Authority authority = new Authority(host, port);
        String known = names.get(authority);
        return known == null ? names.putIfAbsent(authority, Describer.remote(plain(host), port)) : known;
    }

    /** A literal of IPv6 as the address of a connection has it, without brackets; other hosts as they are. */
    private static String plain(String host) {
        if (!host.startsWith("[") || !host.endsWith("]")) {
            return host;
        }
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException noLiteral) {
            return host.substring(1, host.length() - 1);
        }
    }

    private @Nullable Ends find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (ExchangeRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    return new Ends(Objects.requireNonNull(MemberPath.of(rule.remote())), MemberPath.of(rule.proxy()));
                }
            }
        }
        return null;
    }
}
