package io.stallsight.engine.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;

class DescriberTest {

    private final Describer describer = new Describer();

    private static boolean asked;

    @Test
    void addressOfTheJdk_isDescribed() {
        assertThat(describer.describe(new InetSocketAddress("127.0.0.1", 5432))).isEqualTo("127.0.0.1:5432");
        assertThat(describer.describe(UnixDomainSocketAddress.of("/run/db.socket")))
                .isEqualTo("/run/db.socket");
    }

    @Test
    void objectOfTheApplication_isAskedNothing() {
        assertThat(describer.describe(new OwnAddress())).isEmpty();
        assertThat(describer.describe(new OwnSocket())).isEmpty();
        assertThat(asked).isFalse();
    }

    private static final class OwnAddress extends SocketAddress {
        @Override
        public String toString() {
            asked = true;
            return "own";
        }
    }

    /** A socket of an application that has its own network. */
    private static final class OwnSocket extends SocketImpl {
        @Override
        protected InetAddress getInetAddress() {
            asked = true;
            return InetAddress.getLoopbackAddress();
        }

        @Override
        protected int getPort() {
            asked = true;
            return 1;
        }

        @Override
        protected FileDescriptor getFileDescriptor() {
            asked = true;
            return new FileDescriptor();
        }

        @Override
        protected void create(boolean stream) {}

        @Override
        protected void connect(String host, int port) {}

        @Override
        protected void connect(InetAddress address, int port) {}

        @Override
        protected void connect(SocketAddress address, int timeout) {}

        @Override
        protected void bind(InetAddress host, int port) {}

        @Override
        protected void listen(int backlog) {}

        @Override
        protected void accept(SocketImpl s) {}

        @Override
        protected InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        protected OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        protected int available() {
            return 0;
        }

        @Override
        protected void close() {}

        @Override
        protected void sendUrgentData(int data) {}

        @Override
        public void setOption(int optID, Object value) {}

        @Override
        public Object getOption(int optID) {
            return 0;
        }
    }
}
