package probe;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.Pipe;
import java.nio.file.Path;

/** {@code FileChannel} and mapped files. */
final class FileChannels {

    private static final String FILE = "FILE";

    private FileChannels() {}

    @Blocks(FILE)
    static Body open() throws Exception {
        Path fifo = Fifo.writtenLate();
        return () -> Net.keep(FileChannel.open(fifo, READ));
    }

    private static FileChannel lateChannel() throws Exception {
        return Net.keep(FileChannel.open(Fifo.openWithLateLine(), READ));
    }

    @Blocks(FILE)
    static Body read() throws Exception {
        FileChannel channel = lateChannel();
        return () -> readInAMethod(channel);
    }

    private static void readInAMethod(FileChannel channel) throws IOException {
        channel.read(ByteBuffer.allocate(10));
    }

    @Blocks(FILE)
    static Body read_lambda() throws Exception {
        FileChannel channel = lateChannel();
        return () -> channel.read(ByteBuffer.allocateDirect(10));
    }

    @Blocks(FILE)
    static Body read_reference() throws Exception {
        FileChannel channel = lateChannel();
        return () -> Calls.callWith(channel::read, ByteBuffer.allocate(10));
    }

    @Blocks(FILE)
    static Body scatteringRead() throws Exception {
        FileChannel channel = lateChannel();
        return () -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(10), ByteBuffer.allocate(10)});
    }

    @Blocks(FILE)
    static Body write_full() throws Exception {
        FileChannel channel = Net.keep(FileChannel.open(Fifo.openReadLate(), WRITE));
        return () -> channel.write(ByteBuffer.allocateDirect(Fifo.OVERSIZE_BYTES));
    }

    @Blocks(FILE)
    static Body transferFromALatePipe() throws Exception {
        Pipe pipe = Pipe.open();
        Late.run(() -> {
            pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
            pipe.sink().close();
        });
        FileChannel to = Net.keep(FileChannel.open(Scratch.file(), WRITE));
        return () -> to.transferFrom(pipe.source(), 0, 1);
    }

    private static FileChannel channel() throws IOException {
        return Net.keep(FileChannel.open(Scratch.file(), READ, WRITE));
    }

    @BlocksBriefly(FILE)
    static Body positionalRead() throws IOException {
        FileChannel channel = channel();
        return () -> channel.read(ByteBuffer.allocate(10), 1);
    }

    @BlocksBriefly(FILE)
    static Body positionalWrite() throws IOException {
        FileChannel channel = channel();
        return () -> channel.write(ByteBuffer.allocate(10), 1);
    }

    @BlocksBriefly(FILE)
    static Body force() throws IOException {
        FileChannel channel = channel();
        return () -> channel.force(true);
    }

    @BlocksBriefly(FILE)
    static Body lock() throws IOException {
        FileChannel channel = channel();
        return () -> channel.lock();
    }

    @BlocksBriefly(FILE)
    static Body lock_reference() throws IOException {
        FileChannel channel = channel();
        return () -> Calls.call(channel::lock);
    }

    @BlocksBriefly(FILE)
    static Body transferTo() throws IOException {
        FileChannel from = channel();
        FileChannel to = channel();
        return () -> from.transferTo(0, 10, to);
    }

    @BlocksBriefly(FILE)
    static Body map() throws IOException {
        FileChannel channel = channel();
        return () -> Net.keep(channel.map(MapMode.READ_WRITE, 0, 100));
    }

    @BlocksBriefly(FILE)
    static Body mappedLoad() throws IOException {
        MappedByteBuffer buffer = channel().map(MapMode.READ_WRITE, 0, 100);
        return () -> buffer.load();
    }

    @BlocksBriefly(FILE)
    static Body mappedForce() throws IOException {
        MappedByteBuffer buffer = channel().map(MapMode.READ_WRITE, 0, 100);
        buffer.put(0, (byte) 1);
        return () -> buffer.force();
    }

    @BlocksBriefly(FILE)
    static Body mappedForce_reference() throws IOException {
        MappedByteBuffer buffer = channel().map(MapMode.READ_WRITE, 0, 100);
        buffer.put(0, (byte) 1);
        return () -> Calls.call(buffer::force);
    }

    @BlocksBriefly(FILE)
    static Body channelOfARandomAccessFile() throws IOException {
        FileChannel channel =
                Net.keep(new RandomAccessFile(Scratch.file().toFile(), "rw")).getChannel();
        return () -> channel.write(ByteBuffer.allocate(10));
    }

    @NeverBlocks
    static Body useOfAMappedBuffer() throws IOException {
        MappedByteBuffer buffer = channel().map(MapMode.READ_WRITE, 0, 100);
        return () -> buffer.put(3, (byte) 1);
    }
}
