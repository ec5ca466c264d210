package io.stallsight.engine.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the headers of the chunks that a recording consists of. JFR's own readers wait for a file that is still being
 * written to be completed, and take one that was cut for a shorter one.
 *
 * @param from when the first one begins, milliseconds since 1970
 * @param to when the last one ends
 * @param all in the order of the file
 */
record Chunks(long from, long to, List<Chunk> all) {

    /**
     * A chunk of the file. A JVM writes one chunk at a time, so chunks that begin at the same time are copies of one.
     *
     * @param at its first byte
     * @param size in bytes
     * @param start when it begins, nanoseconds since 1970
     * @param ticks the same, by the clock of the JVM that wrote it
     */
    record Chunk(long at, long size, long start, long ticks) {}

    /** The same in JDK 11 to 25 (jdk.jfr.internal.consumer.ChunkHeader). */
    private static final int HEADER = 68;

    private static final int MAGIC = 0x464c5200; // FLR, 0
    private static final int SIZE_AT = 8;
    private static final int START_AT = 32;
    private static final int DURATION_AT = 40;
    private static final int TICKS_AT = 48;
    private static final int STATE_AT = 64;

    /** @throws RecordingException if this is no complete recording */
    static Chunks of(Path file) {
        if (Files.isDirectory(file)) {
            throw new RecordingException(file + " is a folder; name the recording in it");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(file, channel);
        } catch (NoSuchFileException e) {
            throw new RecordingException("there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new RecordingException(file + " may not be read by this user");
        } catch (IOException e) {
            throw new RecordingException(file + " cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Chunks of(Path file, FileChannel channel) throws IOException {
        long length = channel.size();
        if (length == 0) {
            throw new RecordingException(file + " is empty");
        }
        long from = Long.MAX_VALUE;
        long to = 0;
        List<Chunk> all = new ArrayList<>();
        for (long at = 0; at < length; ) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            while (header.hasRemaining() && channel.read(header, at + header.position()) > 0) {}
            if (header.position() >= Integer.BYTES && header.getInt(0) != MAGIC) {
                throw new RecordingException(
                        at == 0 ? file + " is no recording of JFR" : file + " is damaged at byte " + at);
            }
            if (header.hasRemaining()) {
                throw cut(file);
            }
            if (header.get(STATE_AT) != 0) {
                throw new RecordingException(file + " is not complete: it is still being written, or its JVM was killed"
                        + " (of a running JVM: jcmd <pid> JFR.dump filename=<file>)");
            }
            long size = header.getLong(SIZE_AT);
            if (size < HEADER) {
                throw new RecordingException(file + " is damaged at byte " + at);
            }
            if (size > length - at) {
                throw cut(file);
            }
            long start = header.getLong(START_AT);
            from = Math.min(from, start / 1_000_000);
            to = Math.max(to, (start + header.getLong(DURATION_AT)) / 1_000_000);
            all.add(new Chunk(at, size, start, header.getLong(TICKS_AT)));
            at += size;
        }
        return new Chunks(from, Math.max(to, from + 1), all);
    }

    /**
     * The chunks without copies. The JVM writes copies where it appends: {@code JFR.dump} onto the file of a recording
     * that is dumped at the end of the JVM gives that file the same chunks again. Of copies the longest counts.
     */
    List<Chunk> distinct() {
        List<Chunk> distinct = new ArrayList<>();
        Map<List<Long>, Integer> places = new HashMap<>();
        for (Chunk chunk : all) {
            Integer place = places.putIfAbsent(List.of(chunk.start, chunk.ticks), distinct.size());
            if (place == null) {
                distinct.add(chunk);
            } else if (chunk.size > distinct.get(place).size) {
                distinct.set(place, chunk);
            }
        }
        return distinct;
    }

    private static RecordingException cut(Path file) {
        return new RecordingException(file + " is cut: its end is missing, perhaps it was not copied as a whole");
    }
}
