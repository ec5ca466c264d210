package probe;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@code java.io}: file streams, {@code RandomAccessFile}, {@code FileDescriptor}. */
final class FileStreams {

    private static final String FILE = "FILE";

    private FileStreams() {}

    @Blocks(FILE)
    static Body inputStreamOpen() throws Exception {
        File fifo = Fifo.writtenLate().toFile();
        return () -> openInAMethod(fifo);
    }

    private static void openInAMethod(File file) throws IOException {
        Net.keep(new FileInputStream(file));
    }

    @Blocks(FILE)
    static Body inputStreamOpen_lambda() throws Exception {
        File fifo = Fifo.writtenLate().toFile();
        return () -> Net.keep(new FileInputStream(fifo));
    }

    @Blocks(FILE)
    static Body inputStreamOpen_reference() throws Exception {
        File fifo = Fifo.writtenLate().toFile();
        return () -> Calls.callWith(FileInputStream::new, fifo);
    }

    private static FileInputStream lateInput() throws Exception {
        return Net.keep(new FileInputStream(Fifo.openWithLateLine().toFile()));
    }

    @Blocks(FILE)
    static Body inputStreamRead() throws Exception {
        FileInputStream in = lateInput();
        return () -> readInAMethod(in);
    }

    private static void readInAMethod(FileInputStream in) throws IOException {
        in.read();
    }

    @Blocks(FILE)
    static Body inputStreamReadArray_lambda() throws Exception {
        FileInputStream in = lateInput();
        return () -> in.read(new byte[100]);
    }

    @Blocks(FILE)
    static Body inputStreamReadArray_reference() throws Exception {
        FileInputStream in = lateInput();
        return () -> Calls.callWith(in::read, new byte[100]);
    }

    @Blocks(FILE)
    static Body inputStreamReadRange() throws Exception {
        FileInputStream in = lateInput();
        return () -> in.read(new byte[100], 0, 10);
    }

    @Blocks(FILE)
    static Body readerReadLine() throws Exception {
        BufferedReader reader =
                new BufferedReader(new FileReader(Fifo.openWithLateLine().toFile(), StandardCharsets.UTF_8));
        return () -> reader.readLine();
    }

    @Blocks(FILE)
    static Body outputStreamOpen() throws Exception {
        File fifo = Fifo.readLate().toFile();
        return () -> Net.keep(new FileOutputStream(fifo));
    }

    @Blocks(FILE)
    static Body outputStreamWrite_full() throws Exception {
        FileOutputStream out = Net.keep(new FileOutputStream(Fifo.openReadLate().toFile()));
        return () -> writeInAMethod(out);
    }

    private static void writeInAMethod(FileOutputStream out) throws IOException {
        out.write(new byte[Fifo.OVERSIZE_BYTES]);
    }

    @Blocks(FILE)
    static Body outputStreamWrite_full_reference() throws Exception {
        FileOutputStream out = Net.keep(new FileOutputStream(Fifo.openReadLate().toFile()));
        return () -> Calls.callWith(out::write, new byte[Fifo.OVERSIZE_BYTES]);
    }

    @Blocks(FILE)
    static Body printStreamPrintln_full() throws Exception {
        PrintStream out =
                new PrintStream(new FileOutputStream(Fifo.openReadLate().toFile()));
        String line = "x".repeat(Fifo.OVERSIZE_BYTES);
        return () -> out.println(line);
    }

    @Blocks(FILE)
    static Body randomAccessFileOpen() throws Exception {
        File fifo = Fifo.writtenLate().toFile();
        return () -> Net.keep(new RandomAccessFile(fifo, "r"));
    }

    private static RandomAccessFile lateFile() throws Exception {
        return Net.keep(new RandomAccessFile(Fifo.openWithLateLine().toFile(), "r"));
    }

    @Blocks(FILE)
    static Body randomAccessFileRead() throws Exception {
        RandomAccessFile file = lateFile();
        return () -> file.read();
    }

    @Blocks(FILE)
    static Body randomAccessFileReadArray_reference() throws Exception {
        RandomAccessFile file = lateFile();
        return () -> Calls.callWith(file::read, new byte[10]);
    }

    @Blocks(FILE)
    static Body randomAccessFileWrite_full() throws Exception {
        RandomAccessFile file =
                Net.keep(new RandomAccessFile(Fifo.openReadLate().toFile(), "rw"));
        return () -> file.write(new byte[Fifo.OVERSIZE_BYTES]);
    }

    @BlocksBriefly(FILE)
    static Body inputStreamSkip() throws IOException {
        FileInputStream in = new FileInputStream(Scratch.file().toFile());
        return () -> in.skip(10);
    }

    @BlocksBriefly(FILE)
    static Body inputStreamAvailable() throws IOException {
        FileInputStream in = new FileInputStream(Scratch.file().toFile());
        return () -> in.available();
    }

    @BlocksBriefly(FILE)
    static Body inputStreamAvailable_reference() throws IOException {
        FileInputStream in = new FileInputStream(Scratch.file().toFile());
        return () -> Calls.call(in::available);
    }

    @BlocksBriefly(FILE)
    static Body inputStreamReadAllBytes() throws IOException {
        FileInputStream in = new FileInputStream(Scratch.file().toFile());
        return () -> in.readAllBytes();
    }

    @BlocksBriefly(FILE)
    static Body randomAccessFileLength() throws IOException {
        RandomAccessFile file = new RandomAccessFile(Scratch.file().toFile(), "rw");
        return () -> lengthInAMethod(file);
    }

    private static void lengthInAMethod(RandomAccessFile file) throws IOException {
        file.length();
    }

    @BlocksBriefly(FILE)
    static Body randomAccessFileLength_lambda() throws IOException {
        RandomAccessFile file = new RandomAccessFile(Scratch.file().toFile(), "rw");
        return () -> file.length();
    }

    @BlocksBriefly(FILE)
    static Body randomAccessFileLength_reference() throws IOException {
        RandomAccessFile file = new RandomAccessFile(Scratch.file().toFile(), "rw");
        return () -> Calls.call(file::length);
    }

    @BlocksBriefly(FILE)
    static Body randomAccessFileSetLength() throws IOException {
        RandomAccessFile file = new RandomAccessFile(Scratch.file().toFile(), "rw");
        return () -> file.setLength(5);
    }

    @BlocksBriefly(FILE)
    static Body randomAccessFileSetLength_reference() throws IOException {
        RandomAccessFile file = new RandomAccessFile(Scratch.file().toFile(), "rw");
        return () -> Calls.callLong(file::setLength, 5);
    }

    @BlocksBriefly(FILE)
    static Body randomAccessFileOpenOfRegular() throws IOException {
        Path path = Scratch.file();
        return () -> Net.keep(new RandomAccessFile(path.toFile(), "rw"));
    }

    @BlocksBriefly(FILE)
    static Body fileDescriptorSync() throws IOException {
        FileOutputStream out = new FileOutputStream(Scratch.file().toFile());
        return () -> syncInAMethod(out);
    }

    private static void syncInAMethod(FileOutputStream out) throws IOException {
        out.getFD().sync();
    }

    @BlocksBriefly(FILE)
    static Body fileDescriptorSync_lambda() throws IOException {
        FileOutputStream out = new FileOutputStream(Scratch.file().toFile());
        return () -> out.getFD().sync();
    }

    @BlocksBriefly(FILE)
    static Body fileDescriptorSync_reference() throws IOException {
        FileOutputStream out = new FileOutputStream(Scratch.file().toFile());
        return () -> Calls.call(out.getFD()::sync);
    }
}
