package io.stallsight.agent;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The classes and resources of the engine, in one entry of the agent jar that is stored, not compressed.
 *
 * <p><b>Problem.</b> The engine has more than 5,000 files. As entries of the jar they would make its central directory
 * 650 KB long. The JDK keeps such a directory in one array for each open jar (see {@code ZipFile.Source} in <a
 * href="https://github.com/openjdk/jdk/blob/jdk-17-ga/src/java.base/share/classes/java/util/zip/ZipFile.java">ZipFile.java</a>):
 * it took 40 to 70 ms of the start to read it, and in a small heap each such array takes a region of its own, which G1
 * cannot move.
 *
 * <p>The build makes the classes quicker to load before it packs them ({@code .mvn/LightenEngine.java}): lambdas become
 * classes, so stack traces say {@code Engine$$L0}, and local variables have no names.
 *
 * <p><b>Layout.</b> Numbers are big-endian; the files are in the order of their hash codes.
 *
 * <pre>
 *   int   magic number
 *   int   number of files
 *   for each file: int String.hashCode() of its name, int where it begins in the last part
 *   int   length of the last part
 *   for each file: its name (modified UTF-8 with a length of two bytes), int its length, its content deflated
 * </pre>
 *
 * <p><b>Invariants.</b> Thread-safe without a lock, and each read has a file position of its own: a hook in
 * {@link RandomAccessFile#read} may need a class of the engine for the first time, so that reads are nested. No channel
 * is used, as the interrupt of a thread that loads a class would close it for all.
 */
final class EngineArchive implements AutoCloseable {

    private static final String ENTRY = "engine.archive";
    private static final int MAGIC = 0x53544c31;

    // The layout of a jar: section 4.3 of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int DIRECTORY = 0x02014b50;
    private static final int DIRECTORY_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;
    private static final int STORED = 0;

    private final File jar;
    private final long start;
    private final int[] hashes;
    private final int[] offsets;

    /** One that nobody uses at the moment, or null. */
    private final AtomicReference<@Nullable Reader> spare = new AtomicReference<>();

    private volatile boolean closed;

    private EngineArchive(File jar, RandomAccessFile file) throws IOException {
        this.jar = jar;
        file.seek(entry(file));
        byte[] head = new byte[2 * Integer.BYTES];
        file.readFully(head);
        ByteBuffer numbers = ByteBuffer.wrap(head);
        if (numbers.getInt() != MAGIC) {
            throw new IOException("it has been packed anew");
        }
        hashes = new int[numbers.getInt()];
        offsets = new int[hashes.length + 1];
        byte[] index = new byte[(2 * hashes.length + 1) * Integer.BYTES];
        file.readFully(index);
        numbers = ByteBuffer.wrap(index);
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = numbers.getInt();
            offsets[i] = numbers.getInt();
        }
        offsets[hashes.length] = numbers.getInt();
        start = file.getFilePointer();
    }

    /** @throws IOException also if the jar was changed after the build */
    static EngineArchive open(File jar) throws IOException {
        RandomAccessFile file = new RandomAccessFile(jar, "r");
        try {
            EngineArchive opened = new EngineArchive(jar, file);
            opened.spare.set(new Reader(file));
            return opened;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw new IOException("cannot read the engine in " + jar + ": " + e.getMessage(), e);
        }
    }

    /** Where the entry's content begins in the jar. */
    private static long entry(RandomAccessFile file) throws IOException {
        ByteBuffer end = read(file, file.length() - END_LENGTH, END_LENGTH);
        if (end.getInt(0) != END) {
            throw new IOException("it is no jar of Stallsight's build");
        }
        long at = Integer.toUnsignedLong(end.getInt(16));
        ByteBuffer directory = read(file, at, end.getInt(12));
        ByteBuffer name = ByteBuffer.wrap(ENTRY.getBytes(StandardCharsets.US_ASCII));
        for (int entry = 0; directory.getInt(entry) == DIRECTORY; ) {
            int lengthOfName = directory.getShort(entry + 28) & 0xffff;
            int from = entry + DIRECTORY_LENGTH;
            if (directory.slice(from, lengthOfName).equals(name)) {
                if (directory.getShort(entry + 10) != STORED) {
                    break;
                }
                long local = Integer.toUnsignedLong(directory.getInt(entry + 42));
                ByteBuffer header = read(file, local, LOCAL_LENGTH);
                return local + LOCAL_LENGTH + (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
            }
            entry = from
                    + lengthOfName
                    + (directory.getShort(entry + 30) & 0xffff)
                    + (directory.getShort(entry + 32) & 0xffff);
            if (entry + DIRECTORY_LENGTH > directory.limit()) {
                break;
            }
        }
        throw new IOException("it has been packed anew");
    }

    private static ByteBuffer read(RandomAccessFile file, long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(at);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The content of a file; null if there is none of this name. Also works after {@link #close}. */
    byte @Nullable [] read(String name) throws IOException {
        int hash = name.hashCode();
        int at = Arrays.binarySearch(hashes, hash);
        if (at < 0) {
            return null;
        }
        while (at > 0 && hashes[at - 1] == hash) {
            at--;
        }
        for (; at < hashes.length && hashes[at] == hash; at++) {
            byte[] content = read(name, offsets[at], offsets[at + 1] - offsets[at]);
            if (content != null) {
                return content;
            }
        }
        return null;
    }

    private byte @Nullable [] read(String name, int offset, int length) throws IOException {
        Reader taken = spare.getAndSet(null);
        Reader reader = taken != null ? taken : new Reader(new RandomAccessFile(jar, "r"));
        boolean kept = false;
        try {
            byte[] content = reader.read(name, start + offset, length);
            kept = !closed && spare.compareAndSet(null, reader);
            return content;
        } finally {
            if (!kept) {
                reader.close();
            } else if (closed) {
                closeSpare();
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        closeSpare();
    }

    private void closeSpare() throws IOException {
        Reader last = spare.getAndSet(null);
        if (last != null) {
            last.close();
        }
    }

    /** An open file with what inflates its content. One thread uses it at a time, for one file of the archive. */
    private static final class Reader implements AutoCloseable {
        private final RandomAccessFile file;
        private final Inflater inflater = new Inflater(true);

        Reader(RandomAccessFile file) {
            this.file = file;
        }

        /** Null if the file there has another name. */
        byte @Nullable [] read(String name, long at, int length) throws IOException {
            byte[] packed = new byte[length];
            file.seek(at);
            file.readFully(packed);
            int lengthOfName = (packed[0] & 0xff) << 8 | packed[1] & 0xff;
            if (!name.equals(new String(packed, 2, lengthOfName, StandardCharsets.UTF_8))) {
                return null;
            }
            int head = 2 + lengthOfName + Integer.BYTES;
            byte[] content = new byte[ByteBuffer.wrap(packed).getInt(head - Integer.BYTES)];
            inflater.reset();
            inflater.setInput(packed, head, length - head);
            try {
                for (int read = 0; read < content.length; ) {
                    int more = inflater.inflate(content, read, content.length - read);
                    if (more == 0) {
                        throw new IOException(name + " is damaged");
                    }
                    read += more;
                }
            } catch (DataFormatException e) {
                throw new IOException(name + " is damaged", e);
            }
            return content;
        }

        @Override
        public void close() throws IOException {
            inflater.end();
            file.close();
        }
    }
}
