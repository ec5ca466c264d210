package io.stallsight.engine.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Names of downstreams. */
class DescriberRemoteTest {

    private static InetAddress address(String host, int... bytes) throws UnknownHostException {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        return InetAddress.getByAddress(host, raw);
    }

    @Test
    void remote_ofAName_isTheNameAsTheApplicationHasIt() throws UnknownHostException {
        assertThat(Describer.remote(InetSocketAddress.createUnresolved("shop.example", 443)))
                .isEqualTo("shop.example:443");
        assertThat(Describer.remote(new InetSocketAddress(address("shop.example", 10, 0, 0, 1), 443)))
                .isEqualTo("shop.example:443");
    }

    @Test
    void remote_ofANumber_isNotLookedUp() throws UnknownHostException {
        assertThat(Describer.remote(new InetSocketAddress(address(null, 127, 0, 0, 1), 80)))
                .isEqualTo("127.0.0.1:80");
    }

    @Test
    void remote_ofIpVersion6_isBracketed() throws UnknownHostException {
        InetAddress loopback = address(null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(Describer.remote(new InetSocketAddress(loopback, 80))).isEqualTo("[0:0:0:0:0:0:0:1]:80");
    }

    @Test
    void remote_ofALocalSocket_isItsPath() {
        assertThat(Describer.remote(UnixDomainSocketAddress.of(Path.of("run", "shop.sock"))))
                .endsWith("shop.sock");
    }

    @Test
    void remote_ofAnythingElse_isEmpty() {
        assertThat(Describer.remote(null)).isEmpty();
        assertThat(Describer.remote("shop:80")).isEmpty();
    }
}
