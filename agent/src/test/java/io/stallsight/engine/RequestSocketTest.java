package io.stallsight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed JVMs leave in the folder for temporary files. */
class RequestSocketTest {

    @TempDir
    Path temporary;

    private Path folder(String name) throws IOException {
        return Files.createDirectory(temporary.resolve(name));
    }

    /** A socket as a JVM has it that runs; closed, as one has it that was killed. */
    private static ServerSocketChannel socketIn(Path folder) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("requests")));
        return server;
    }

    @Test
    void folderOfAKilledJvm_isRemoved() throws IOException {
        Path killed = folder("stallsight-1");
        socketIn(killed).close();
        Path empty = folder("stallsight-2");
        Files.setLastModifiedTime(empty, FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS)));

        RequestSocket.removeLeftFolders(temporary);

        assertThat(killed).doesNotExist();
        assertThat(empty).doesNotExist();
    }

    @Test
    void folderOfARunningJvm_stays() throws IOException {
        Path running = folder("stallsight-1");
        Path starting = folder("stallsight-2");
        Path others = Files.writeString(folder("stallsight-3").resolve("notes"), "");
        Path unlike = folder("shop-1");
        try (ServerSocketChannel server = socketIn(running)) {
            RequestSocket.removeLeftFolders(temporary);

            assertThat(server.isOpen()).isTrue();
            assertThat(running.resolve("requests")).exists();
        }
        assertThat(starting).exists();
        assertThat(others).exists();
        assertThat(unlike).exists();
    }
}
