package io.stallsight.engine.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Host and port on which the server listens.
 *
 * @param host name or address; an IPv6 address has no brackets
 * @param port 0 stands for any free port
 */
record Endpoint(String host, int port) {

    private static final String DEFAULT_HOST = "127.0.0.1";

    /** @param text {@code [host:]port}; the port must be a number, which {@code ConfigReader} has checked */
    static Endpoint of(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? DEFAULT_HOST : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Endpoint(
                host.isEmpty() ? DEFAULT_HOST : host.toLowerCase(Locale.ROOT),
                Integer.parseInt(text.substring(colon + 1)));
    }

    /** Resolves the host. May block for seconds. */
    InetAddress address() throws UnknownHostException {
        return InetAddress.getByName(host);
    }

    Endpoint withPort(int actual) {
        return new Endpoint(host, actual);
    }

    /** {@code host:port}, as in a URL. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
