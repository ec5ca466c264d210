package app.blockhound;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** The calls that BlockHound reports, by their names on JDK 17. */
final class Calls {

    private Calls() {}

    static Map<String, Callable<?>> ofBlockHound() throws Exception {
        File file = File.createTempFile("calls", ".txt");
        file.deleteOnExit();
        try (FileOutputStream some = new FileOutputStream(file)) {
            some.write(new byte[100]);
        }
        FileInputStream in = new FileInputStream(file);
        FileOutputStream out = new FileOutputStream(file, true);
        RandomAccessFile random = new RandomAccessFile(file, "rw");
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Socket connected = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        Socket accepted = server.accept();
        accepted.getOutputStream().write(new byte[100]);
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        calls.put("java.lang.Thread.sleep", () -> {
            Thread.sleep(1);
            return null;
        });
        calls.put("java.lang.Thread.yield", () -> {
            Thread.yield();
            return null;
        });
        calls.put("java.lang.Thread.onSpinWait", () -> {
            Thread.onSpinWait();
            return null;
        });
        calls.put("java.lang.Object#wait", () -> {
            Object monitor = new Object();
            synchronized (monitor) {
                monitor.wait(1);
            }
            return null;
        });
        calls.put("jdk.internal.misc.Unsafe#park", () -> {
            LockSupport.parkNanos(1_000_000);
            return null;
        });
        calls.put("java.io.FileInputStream#read0", in::read);
        calls.put("java.io.FileInputStream#readBytes", () -> in.read(new byte[1]));
        calls.put("java.io.FileOutputStream#write", () -> {
            out.write(1);
            return null;
        });
        calls.put("java.io.FileOutputStream#writeBytes", () -> {
            out.write(new byte[1]);
            return null;
        });
        calls.put("java.io.RandomAccessFile#read0", random::read);
        calls.put("java.io.RandomAccessFile#readBytes", () -> random.read(new byte[1]));
        calls.put("java.io.RandomAccessFile#write0", () -> {
            random.write(1);
            return null;
        });
        calls.put("java.io.RandomAccessFile#writeBytes", () -> {
            random.writeBytes("a");
            return null;
        });
        calls.put("java.net.Socket#connect", () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            }
            return null;
        });
        calls.put("java.net.DatagramSocket#connect", () -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(InetAddress.getLoopbackAddress(), 9);
            }
            return null;
        });
        calls.put(
                "java.net.Socket$SocketInputStream#read",
                () -> connected.getInputStream().read(new byte[1]));
        calls.put("java.net.Socket$SocketOutputStream#write", () -> {
            connected.getOutputStream().write(1);
            return null;
        });
        calls.put("java.net.ServerSocket#implAccept", server::accept);
        calls.put("java.lang.ProcessImpl#forkAndExec", () -> new ProcessBuilder("true").start());
        return calls;
    }
}
