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
import org.jspecify.annotations.Nullable;

/**
 * Finds out where requests go, by the paths of the catalog. Thread-safe. Nothing is resolved: the name has the host as
 * the application wrote it, like the name of a connection.
 */
final class ExchangeRemotes {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_NAMES = 1_000;

    /** Of a port. */
    private static final int MAX_DIGITS = 5;

    /** An object with an entry of its own may lead to another one. */
    private static final int MAX_STEPS = 4;

    private record Authority(String host, int port) {}

    private record Paths(
            @Nullable MemberPath remote,
            @Nullable MemberPath host,
            @Nullable MemberPath port,
            @Nullable MemberPath proxy,
            @Nullable MemberPath failure) {}

    private static final Paths NONE = new Paths(null, null, null, null, null);

    private final List<ExchangeRule> rules;
    private final ClassMap<Paths> paths = new ClassMap<>(this::find);

    /** A request makes no text of its own. */
    private final BoundedMap<Authority, String> names = new BoundedMap<>(MAX_NAMES);

    ExchangeRemotes(List<ExchangeRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** {@code host:port}; empty if it is not known. */
    String name(Object exchange) {
        MemberPath proxy = paths.get(exchange.getClass()).proxy;
        String name = nameOf(proxy == null ? null : proxy.follow(exchange), MAX_STEPS);
        return name.isEmpty() ? nameOf(exchange, MAX_STEPS) : name;
    }

    /** Whether a request with this outcome has failed. */
    boolean isFailure(Object outcome) {
        if (outcome instanceof Throwable) {
            return true;
        }
        MemberPath failure = paths.get(outcome.getClass()).failure;
        return failure != null && failure.follow(outcome) != null;
    }

    private String nameOf(@Nullable Object at, int steps) {
        if (at == null || steps == 0) {
            return "";
        }
        if (at instanceof InetSocketAddress address) {
            return name(address.getHostString(), address.getPort());
        }
        if (at instanceof URI uri) {
            boolean secure = "https".equalsIgnoreCase(uri.getScheme());
            return uri.getHost() == null
                    ? ""
                    : name(uri.getHost(), uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS : HTTP);
        }
        if (at instanceof Proxy proxy) {
            return nameOf(proxy.address(), steps - 1);
        }
        if (at instanceof String text) {
            return ofText(text);
        }
        return ofEntry(at, steps);
    }

    private String ofEntry(Object at, int steps) {
        Paths known = paths.get(at.getClass());
        if (known.host != null && known.port != null) {
            return known.host.follow(at) instanceof String host && known.port.follow(at) instanceof Integer port
                    ? name(host, port)
                    : "";
        }
        return known.remote == null ? "" : nameOf(known.remote.follow(at), steps - 1);
    }

    /** A host without a port, whose scheme is not known, is no name of a downstream. */
    private String ofText(String authority) {
        int colon = authority.lastIndexOf(':');
        String port = authority.substring(colon + 1);
        return colon > 0
                        && !port.isEmpty()
                        && port.length() <= MAX_DIGITS
                        && port.chars().allMatch(Character::isDigit)
                ? name(authority.substring(0, colon), Integer.parseInt(port))
                : "";
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

    private Paths find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (ExchangeRule rule : rules) {
                if (ClassNames.isOrCopies(at.getName(), rule.className())) {
                    return new Paths(
                            MemberPath.of(rule.remote()),
                            MemberPath.of(rule.host()),
                            MemberPath.of(rule.port()),
                            MemberPath.of(rule.proxy()),
                            MemberPath.of(rule.failure()));
                }
            }
        }
        return NONE;
    }
}
