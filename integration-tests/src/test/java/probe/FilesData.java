package probe;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Methods of {@code Files} that read or write content. */
final class FilesData {

    private static final String FILE = "FILE";

    private FilesData() {}

    @Blocks(value = FILE, api = "Files.readAllBytes")
    static Body readAllBytes() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> readInAMethod(fifo);
    }

    private static void readInAMethod(Path path) throws java.io.IOException {
        Files.readAllBytes(path);
    }

    @Blocks(value = FILE, api = "Files.readAllBytes")
    static Body readAllBytes_lambda() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Files.readAllBytes(fifo);
    }

    @Blocks(value = FILE, api = "Files.readAllBytes")
    static Body readAllBytes_reference() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Calls.callWith(Files::readAllBytes, fifo);
    }

    @Blocks(value = FILE, api = "Files.readString")
    static Body readString() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Files.readString(fifo);
    }

    @Blocks(value = FILE, api = "Files.readAllLines")
    static Body readAllLines() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Files.readAllLines(fifo);
    }

    @Blocks(FILE)
    static Body newInputStreamOpen() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Net.keep(Files.newInputStream(fifo));
    }

    @Blocks(FILE)
    static Body newInputStreamRead() throws Exception {
        InputStream in = Net.keep(Files.newInputStream(Fifo.openWithLateLine()));
        return () -> in.read();
    }

    @Blocks(FILE)
    static Body newBufferedReaderOpen() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Net.keep(Files.newBufferedReader(fifo));
    }

    @Blocks(FILE)
    static Body bufferedReaderReadLine() throws Exception {
        BufferedReader reader = Net.keep(Files.newBufferedReader(Fifo.openWithLateLine()));
        return () -> reader.readLine();
    }

    @Blocks(FILE)
    static Body newOutputStreamWrite_full() throws Exception {
        OutputStream out = Net.keep(Files.newOutputStream(Fifo.openReadLate(), StandardOpenOption.WRITE));
        return () -> out.write(new byte[Fifo.OVERSIZE_BYTES]);
    }

    @Blocks(value = FILE, api = "Files.write")
    static Body write() throws Exception {
        Path fifo = Fifo.readLate();
        return () -> Files.write(fifo, new byte[10], StandardOpenOption.WRITE);
    }

    @Blocks(value = FILE, api = "Files.writeString")
    static Body writeString() throws Exception {
        Path fifo = Fifo.readLate();
        return () -> Files.writeString(fifo, "text", StandardOpenOption.WRITE);
    }

    @Blocks(value = FILE, api = "Files.copy")
    static Body copyToAStream() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Files.copy(fifo, OutputStream.nullOutputStream());
    }

    @BlocksBriefly(value = FILE, api = "Files.copy")
    static Body copy() throws Exception {
        Path from = Scratch.file();
        Path to = Scratch.nothing();
        return () -> Files.copy(from, to);
    }

    @BlocksBriefly(value = FILE, api = "Files.readAllBytes")
    static Body readAllBytesOfRegular() throws Exception {
        Path file = Scratch.file();
        return () -> Files.readAllBytes(file);
    }

    @BlocksBriefly(FILE)
    static Body linesOpen() throws Exception {
        Path file = Scratch.file();
        return () -> Net.keep(Files.lines(file));
    }
}
