package io.stallsight.engine.weavecache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Woven classes in a file: an index, then for each class its file before and after the weaving. The index is read at
 * once, a class when it is asked for. A file is never changed: a new one takes its place, and a JVM that has the old
 * one open reads on in that.
 *
 * <p>The checksums detect a damaged file. They protect against nobody: that is up to {@link CacheFolder}.
 *
 * <pre>
 *   int   magic number, with the version of this layout
 *   int   length of the index
 *   long  checksum of the index
 *   index: number of classes, and for each class
 *          name, loader, points, points found, rewritten, lengths before and after, checksum of both
 *   the classes in the same order: bytes before, bytes after
 * </pre>
 */
final class CacheFile implements Closeable {

    private static final int MAGIC = 0x57564303;
    private static final int HEAD = Integer.BYTES * 2 + Long.BYTES;
    private static final int MAX_INDEX = 4 << 20;
    private static final int UNCHANGED = -1;

    /** Where a class is. */
    private static final class Entry {
        final String name;
        final boolean ofBootLoader;
        final int[] points;
        final int[] found;
        final boolean rewritten;
        final int before;
        final int after;
        final long checksum;
        long at;

        Entry(DataInputStream in) throws IOException {
            name = in.readUTF();
            ofBootLoader = in.readBoolean();
            points = numbers(in);
            found = numbers(in);
            rewritten = in.readBoolean();
            before = in.readInt();
            after = in.readInt();
            checksum = in.readLong();
        }

        int length() {
            return before + Math.max(after, 0);
        }

        boolean fits(WovenClass.Source source) {
            return ofBootLoader == source.ofBootLoader
                    && before == source.classFile.length
                    && Arrays.equals(points, source.points);
        }
    }

    private final RandomAccessFile file;
    private final Map<String, List<Entry>> entries = new HashMap<>();

    private CacheFile(RandomAccessFile file) {
        this.file = file;
    }

    /** @throws IOException also if the file is damaged or of another version */
    static CacheFile open(File path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path, "r");
        try {
            CacheFile opened = new CacheFile(file);
            opened.readIndex();
            return opened;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw new IOException("not a cache: " + e.getMessage());
        }
    }

    private void readIndex() throws IOException {
        if (file.readInt() != MAGIC) {
            throw new IOException("another format");
        }
        int length = file.readInt();
        long checksum = file.readLong();
        if (length < 0 || length > MAX_INDEX) {
            throw new IOException("index of " + length + " bytes");
        }
        byte[] index = new byte[length];
        file.readFully(index);
        if (checksum(index, 0, length) != checksum) {
            throw new IOException("checksum");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(index))) {
            long at = (long) HEAD + length;
            for (int left = in.readInt(); left > 0; left--) {
                Entry entry = new Entry(in);
                entry.at = at;
                at += entry.length();
                entries.computeIfAbsent(entry.name, name -> new ArrayList<>(1)).add(entry);
            }
        }
    }

    /** @throws IOException if the file cannot be read or is damaged */
    synchronized @Nullable WovenClass find(WovenClass.Source source) throws IOException {
        for (Entry entry : entries.getOrDefault(source.name, List.of())) {
            if (entry.fits(source)) {
                WovenClass found = read(entry);
                if (found.source.isEqual(source)) {
                    return found;
                }
            }
        }
        return null;
    }

    /**
     * Every undamaged class that {@code wanted} has not, as long as their files have no more than {@code maxBytes}
     * together.
     */
    synchronized List<WovenClass> others(List<WovenClass> wanted, long maxBytes) {
        List<WovenClass> others = new ArrayList<>();
        long left = maxBytes;
        for (List<Entry> ofName : entries.values()) {
            for (Entry entry : ofName) {
                WovenClass read = entry.length() <= left ? undamaged(entry) : null;
                if (read != null && wanted.stream().noneMatch(other -> other.source.isEqual(read.source))) {
                    others.add(read);
                    left -= entry.length();
                }
            }
        }
        return others;
    }

    private @Nullable WovenClass undamaged(Entry entry) {
        try {
            return read(entry);
        } catch (IOException damaged) {
            return null;
        }
    }

    private WovenClass read(Entry entry) throws IOException {
        byte[] both = new byte[entry.length()];
        file.seek(entry.at);
        file.readFully(both);
        if (checksum(both, 0, both.length) != entry.checksum) {
            throw new IOException("checksum of " + entry.name);
        }
        WovenClass.Source source =
                new WovenClass.Source(entry.name, entry.ofBootLoader, entry.points, Arrays.copyOf(both, entry.before));
        byte[] woven = entry.after == UNCHANGED ? null : Arrays.copyOfRange(both, entry.before, both.length);
        return new WovenClass(source, woven, entry.found, entry.rewritten);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    /** Writes the bytes of a file. */
    static void write(OutputStream file, List<WovenClass> classes) throws IOException {
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(index)) {
            out.writeInt(classes.size());
            for (WovenClass each : classes) {
                write(each, out, bodies);
            }
        }
        byte[] start = index.toByteArray();
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(MAGIC);
        out.writeInt(start.length);
        out.writeLong(checksum(start, 0, start.length));
        out.write(start);
        bodies.writeTo(out);
        out.flush();
    }

    private static void write(WovenClass woven, DataOutputStream index, ByteArrayOutputStream bodies)
            throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(woven.source.classFile);
        bodies.write(woven.source.classFile);
        if (woven.classFile != null) {
            checksum.update(woven.classFile);
            bodies.write(woven.classFile);
        }
        index.writeUTF(woven.source.name);
        index.writeBoolean(woven.source.ofBootLoader);
        write(woven.source.points, index);
        write(woven.found, index);
        index.writeBoolean(woven.rewritten);
        index.writeInt(woven.source.classFile.length);
        index.writeInt(woven.classFile == null ? UNCHANGED : woven.classFile.length);
        index.writeLong(checksum.getValue());
    }

    private static void write(int[] numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static int[] numbers(DataInputStream in) throws IOException {
        int[] numbers = new int[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readInt();
        }
        return numbers;
    }

    private static long checksum(byte[] bytes, int from, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, from, length);
        return checksum.getValue();
    }
}
