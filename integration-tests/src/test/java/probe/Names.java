package probe;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** Name resolution. Its duration depends on the machine, so the test checks only that it is reported. */
final class Names {

    private static final String DNS = "DNS";

    /** A name that no resolver knows (RFC 2606). Each label must be used once, because the JDK caches failures. */
    private static String unknownName(String label) {
        return label + ".stallsight.invalid";
    }

    private Names() {}

    private static void resolve(String name) {
        try {
            InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            // expected: the attempt is what the agent must report
        }
    }

    @BlocksBriefly(value = DNS, api = "InetAddress.getByName")
    static Body getByName() {
        return () -> resolve(unknownName("direct"));
    }

    @BlocksBriefly(value = DNS, api = "InetAddress.getByName")
    static Body getByName_lambda() {
        return () -> {
            try {
                InetAddress.getByName(unknownName("lambda"));
            } catch (UnknownHostException e) {
                // expected: the attempt is what the agent must report
            }
        };
    }

    @BlocksBriefly(value = DNS, api = "InetAddress.getByName")
    static Body getByName_reference() {
        return () -> {
            try {
                Calls.callWith(InetAddress::getByName, unknownName("reference"));
            } catch (UnknownHostException e) {
                // expected: the attempt is what the agent must report
            }
        };
    }

    @BlocksBriefly(value = DNS, api = "InetAddress.getAllByName")
    static Body getAllByName() {
        return () -> {
            try {
                InetAddress.getAllByName(unknownName("all"));
            } catch (UnknownHostException e) {
                // expected: the attempt is what the agent must report
            }
        };
    }

    @BlocksBriefly(value = DNS, api = "InetAddress.getLocalHost")
    static Body getLocalHost() {
        return () -> InetAddress.getLocalHost();
    }

    @BlocksBriefly(DNS)
    static Body getHostName() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return () -> address.getHostName();
    }

    @BlocksBriefly(DNS)
    static Body getHostName_reference() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return () -> Calls.call(address::getHostName);
    }

    @BlocksBriefly(DNS)
    static Body getCanonicalHostName() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return () -> address.getCanonicalHostName();
    }

    @BlocksBriefly("DNS/SOCKET")
    static Body isReachable() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return () -> address.isReachable(50);
    }

    @NeverBlocks
    static Body literal() {
        return () -> {
            InetAddress.getByName("127.0.0.1");
            InetAddress.getByName("::1");
            InetAddress.getLoopbackAddress();
        };
    }

    @NeverBlocks
    static Body cached() throws UnknownHostException {
        InetAddress.getByName("localhost");
        return () -> {
            InetAddress.getByName("localhost");
            InetAddress.getAllByName("localhost");
        };
    }

    @NeverBlocks
    static Body knownHostName() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress("known", new byte[] {127, 0, 0, 1});
        return () -> address.getHostName();
    }

    @NeverBlocks
    static Body networkInterfaceName() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        return () -> loopback.getName();
    }
}
