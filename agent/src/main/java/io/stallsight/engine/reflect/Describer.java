package io.stallsight.engine.reflect;

import io.stallsight.hook.StallsightErrors;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a call was about: the remote address of a socket, the path of a file, a host name. Never calls what could
 * block or run code of the application: only classes of the JDK are asked.
 *
 * <p>Some answers are private to the JDK; where a JDK moved them, the detail is just shorter.
 */
public final class Describer {

    private final @Nullable MethodHandle socketAddress;
    private final @Nullable MethodHandle socketPort;
    private final Map<String, MethodHandle> insides = new HashMap<>();

    /** Needs packages java.io, java.net and sun.nio.ch to be open to the engine. */
    public Describer() {
        socketAddress = method(SocketImpl.class, "getInetAddress", InetAddress.class);
        socketPort = method(SocketImpl.class, "getPort", int.class);
        inside("java.io.FileInputStream", "path", String.class);
        inside("java.io.FileOutputStream", "path", String.class);
        inside("java.io.RandomAccessFile", "path", String.class);
        inside("sun.nio.ch.FileChannelImpl", "path", String.class);
        inside("java.net.Socket$SocketInputStream", "parent", Socket.class);
        inside("java.net.Socket$SocketOutputStream", "parent", Socket.class);
    }

    /** Packages of java.base that have to be opened to the engine. */
    public static List<String> needs() {
        return List.of("java.io", "java.net", "sun.nio.ch");
    }

    /** The thing in a few words, or an empty string. */
    public String describe(@Nullable Object thing) {
        if (thing == null) {
            return "";
        }
        try {
            return text(thing);
        } catch (IOException closedMeanwhile) {
            return "";
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return "";
        }
    }

    /** Whether it is the stream of the process's standard input. */
    public boolean isConsole(@Nullable Object thing) {
        try {
            return thing instanceof FileInputStream in && in.getFD() == FileDescriptor.in;
        } catch (IOException closed) {
            return false;
        }
    }

    private String text(Object thing) throws Throwable {
        if (thing instanceof String || thing.getClass() == File.class) {
            return thing.toString();
        }
        if (thing instanceof Path && isJdk(thing)) {
            return thing.toString();
        }
        if (thing instanceof byte[] bytes && bytes.length <= 16) {
            return InetAddress.getByAddress(bytes).getHostAddress();
        }
        if (thing instanceof InetAddress address) {
            return address.getHostAddress();
        }
        if (thing instanceof SocketAddress address) {
            return address(address);
        }
        if (thing instanceof SocketImpl socket && isJdk(socket) && socketAddress != null && socketPort != null) {
            InetAddress address = (InetAddress) socketAddress.invoke(socket);
            return address == null ? "" : address.getHostAddress() + ":" + (int) socketPort.invoke(socket);
        }
        if (thing instanceof Thread thread) {
            return thread.getName();
        }
        if (!isJdk(thing)) {
            return "";
        }
        if (thing instanceof Socket socket) {
            return address(socket.getRemoteSocketAddress());
        }
        if (thing instanceof ServerSocket socket) {
            return address(socket.getLocalSocketAddress());
        }
        if (thing instanceof DatagramSocket socket) {
            return address(socket.getRemoteSocketAddress());
        }
        if (thing instanceof SocketChannel channel && channel.isOpen()) {
            return address(channel.getRemoteAddress());
        }
        if (thing instanceof ServerSocketChannel channel && channel.isOpen()) {
            return address(channel.getLocalAddress());
        }
        if (thing instanceof DatagramChannel channel && channel.isOpen()) {
            return address(channel.getRemoteAddress());
        }
        if (thing instanceof Process process) {
            return "pid " + process.pid();
        }
        if (thing instanceof ProcessBuilder builder && !builder.command().isEmpty()) {
            return builder.command().get(0);
        }
        MethodHandle inside = insides.get(thing.getClass().getName());
        Object found = inside == null ? null : inside.invoke(thing);
        return found == null ? "" : text(found);
    }

    /**
     * The name of a remote address: {@code host:port} with the host as the application named it, or the path of a local
     * socket. Nothing is resolved.
     */
    public static String remote(@Nullable Object address) {
        if (address instanceof InetSocketAddress inet) {
            return remote(inet.getHostString(), inet.getPort());
        }
        return address instanceof SocketAddress ? address.toString() : "";
    }

    /** The same, of a host as it is named, and a port. */
    public static String remote(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static String address(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            InetAddress ip = inet.getAddress();
            return (ip == null ? inet.getHostString() : ip.getHostAddress()) + ":" + inet.getPort();
        }
        return address != null && isJdk(address) ? address.toString() : "";
    }

    private static boolean isJdk(Object thing) {
        return thing.getClass().getClassLoader() == null;
    }

    private static @Nullable MethodHandle method(Class<?> owner, String name, Class<?> result) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                    .findVirtual(owner, name, MethodType.methodType(result));
        } catch (ReflectiveOperationException moved) {
            StallsightErrors.suppress(moved);
            return null;
        }
    }

    /** The private field that has the subject of an object of a JDK class. */
    private void inside(String owner, String field, Class<?> type) {
        try {
            Class<?> ownerClass = Class.forName(owner, false, null);
            insides.put(
                    owner,
                    MethodHandles.privateLookupIn(ownerClass, MethodHandles.lookup())
                            .findGetter(ownerClass, field, type));
        } catch (ReflectiveOperationException moved) {
            StallsightErrors.suppress(moved);
        }
    }
}
