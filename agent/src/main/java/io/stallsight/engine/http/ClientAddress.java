package io.stallsight.engine.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names the client whose wrong tokens and connections are counted. */
final class ClientAddress {

    /** A client with IPv6 has a network of its own, with this prefix, and can send from each address in it. */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** Returns the IPv4 address, or the network of the IPv6 address; empty if the client is gone. */
    static String of(@Nullable InetAddress address) {
        if (address == null) {
            return "";
        }
        return address instanceof Inet6Address && !address.isLoopbackAddress()
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
