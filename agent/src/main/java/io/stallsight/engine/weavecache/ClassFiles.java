package io.stallsight.engine.weavecache;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Compares class files. For a class that is loaded already, the JVM makes a class file anew, with the methods in the
 * order of addresses in its memory, which differs from one JVM to the next. See {@code JvmtiClassFileReconstituter} in
 * <a
 * href="https://github.com/openjdk/jdk/blob/jdk-17-ga/src/hotspot/share/prims/jvmtiClassFileReconstituter.cpp">HotSpot</a>.
 *
 * <p>The layout is that of <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">chapter 4 of the
 * JVM specification</a>.
 */
final class ClassFiles {

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    /** Bytes behind the tag of an entry of the constant pool; -1 if the entry has its length in it, or is unknown. */
    private static final int[] LENGTHS = {-1, -1, -1, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, -1, -1, 3, 2, 4, 4, 2, 2};

    private ClassFiles() {}

    /** Whether the files have the same bytes, but for the order of the methods. */
    static boolean areEqual(byte[] one, byte[] other) {
        if (one.length != other.length) {
            return false;
        }
        return Arrays.equals(one, other) || haveEqualMethods(one, other);
    }

    private static boolean haveEqualMethods(byte[] one, byte[] other) {
        try {
            int[] bounds = methods(one);
            int start = bounds[0];
            int end = bounds[bounds.length - 1];
            return Arrays.equals(one, 0, start, other, 0, start)
                    && Arrays.equals(one, end, one.length, other, end, other.length)
                    && arePermuted(one, bounds, other, methods(other));
        } catch (IOException notAClassFile) {
            return false;
        }
    }

    private static boolean arePermuted(byte[] one, int[] bounds, byte[] other, int[] otherBounds) {
        boolean[] used = new boolean[otherBounds.length];
        for (int i = 0; i + 1 < bounds.length; i++) {
            int j = 0;
            while (j + 1 < otherBounds.length
                    && (used[j]
                            || !Arrays.equals(
                                    one, bounds[i], bounds[i + 1], other, otherBounds[j], otherBounds[j + 1]))) {
                j++;
            }
            if (j + 1 >= otherBounds.length) {
                return false;
            }
            used[j] = true;
        }
        return bounds.length == otherBounds.length;
    }

    /** Where each method begins, and at last where they end. */
    static int[] methods(byte[] classFile) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(classFile);
        try (DataInputStream in = new DataInputStream(bytes)) {
            in.skipNBytes(8); // magic number and version
            skipConstants(in);
            in.skipNBytes(6); // flags, class, superclass
            in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
            for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
                skipMember(in);
            }
            int[] bounds = new int[in.readUnsignedShort() + 1];
            for (int i = 0; i < bounds.length; i++) {
                bounds[i] = classFile.length - bytes.available();
                if (i + 1 < bounds.length) {
                    skipMember(in);
                }
            }
            return bounds;
        }
    }

    private static void skipConstants(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            int length = tag == UTF8 ? in.readUnsignedShort() : tag < LENGTHS.length ? LENGTHS[tag] : -1;
            if (length < 0) {
                throw new IOException("constant of type " + tag);
            }
            in.skipNBytes(length);
            if (tag == LONG || tag == DOUBLE) {
                i++; // takes two numbers
            }
        }
    }

    /** A field or a method: flags, name, descriptor, attributes. */
    private static void skipMember(DataInputStream in) throws IOException {
        in.skipNBytes(6);
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            in.skipNBytes(2);
            in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
        }
    }
}
