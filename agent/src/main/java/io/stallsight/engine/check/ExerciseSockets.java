package io.stallsight.engine.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Sockets and name resolution. Only names of this machine are resolved. */
final class ExerciseSockets {

    private static final int BACKLOG = 1;

    private ExerciseSockets() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("Socket, ServerSocket", ExerciseSockets::sockets),
                new Exercise("DatagramSocket", ExerciseSockets::datagrams),
                new Exercise("SSLSocket", ExerciseSockets::tls),
                new Exercise("InetAddress", ExerciseSockets::names));
    }

    static ServerSocket server() throws IOException {
        return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    private static void sockets() throws IOException {
        try (ServerSocket server = server();
                Socket client = new Socket()) {
            client.connect(server.getLocalSocketAddress(), 1000);
            try (Socket accepted = server.accept()) {
                OutputStream out = accepted.getOutputStream();
                out.write(0);
                out.write(new byte[8]);
                InputStream in = client.getInputStream();
                in.read();
                in.read(new byte[1]);
            }
        }
    }

    private static void datagrams() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
            socket.receive(new DatagramPacket(new byte[1], 1));
        }
    }

    /** A context that needs no key store; it trusts nothing and sends nothing. */
    static SSLContext emptyContext() throws NoSuchAlgorithmException, KeyManagementException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[0], new SecureRandom());
        return context;
    }

    /** The other end does not speak TLS: the handshake fails, the hooks have run. */
    private static void tls() throws Exception {
        SSLContext context = emptyContext();
        failHandshake(context, SSLSocket::startHandshake);
        failHandshake(context, socket -> socket.getInputStream().read(new byte[1], 0, 1));
        failHandshake(context, socket -> socket.getOutputStream().write(new byte[1], 0, 1));
    }

    @FunctionalInterface
    private interface SocketAction {
        void run(SSLSocket socket) throws IOException;
    }

    private static void failHandshake(SSLContext context, SocketAction action) throws IOException {
        try (ServerSocket server = server();
                Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            accepted.getOutputStream().write(new byte[16]);
            accepted.shutdownOutput();
            try (SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(plain, "localhost", server.getLocalPort(), true)) {
                action.run(socket);
            } catch (IOException expected) {
                // not TLS
            }
        }
    }

    private static void names() throws IOException {
        InetAddress.getByName(unusualSpelling());
        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).getHostName();
        InetAddress.getLoopbackAddress().isReachable(1);
    }

    /** {@code localhost} in a spelling that is not yet in the JDK's cache, which respects case as resolvers do not. */
    private static String unusualSpelling() {
        long random = System.nanoTime();
        StringBuilder spelling = new StringBuilder();
        for (char letter : "localhost".toCharArray()) {
            String text = String.valueOf(letter);
            spelling.append((random & 1) == 0 ? text : text.toUpperCase(Locale.ROOT));
            random >>= 1;
        }
        return spelling.toString();
    }
}
