package io.stallsight.engine.instrument;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A first, cheap look at a class file: does its constant pool mention any of some strings? Decides whether a class is
 * worth parsing. Format: Java Virtual Machine Specification, section 4.4.
 */
final class ConstantPool {

    private final byte[] file;

    ConstantPool(byte[] file) {
        this.file = file;
    }

    /**
     * Whether a CONSTANT_Utf8 equals one of {@code words} or contains {@code part}; true if the file cannot be read.
     */
    boolean mentions(Set<Utf8> words, byte[] part) {
        int count = u2(8);
        int at = 10;
        for (int i = 1; i < count; i++) {
            int tag = file[at];
            switch (tag) {
                case 1 -> {
                    int length = u2(at + 1);
                    if (words.contains(new Utf8(file, at + 3, length)) || contains(at + 3, length, part)) {
                        return true;
                    }
                    at += 3 + length;
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
                case 5, 6 -> {
                    at += 9;
                    i++; // takes two entries
                }
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                default -> {
                    return true; // a class file of the future: parse it
                }
            }
        }
        return false;
    }

    private boolean contains(int from, int length, byte[] part) {
        if (part.length == 0) {
            return false;
        }
        int last = from + length - part.length;
        for (int i = from; i <= last; i++) {
            int j = 0;
            while (j < part.length && file[i + j] == part[j]) {
                j++;
            }
            if (j == part.length) {
                return true;
            }
        }
        return false;
    }

    private int u2(int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }

    /** A range of bytes that compares by content, so that a look needs no string. */
    static final class Utf8 {
        private final byte[] bytes;
        private final int from;
        private final int length;

        Utf8(String text) {
            this(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
        }

        private Utf8(byte[] bytes, int from, int length) {
            this.bytes = bytes;
            this.from = from;
            this.length = length;
        }

        @Override
        public int hashCode() {
            int hash = length;
            // method names of a class differ early, and most strings of a class file are no names at all
            for (int i = 0; i < Math.min(length, 8); i++) {
                hash = 31 * hash + bytes[from + i];
            }
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Utf8 that) || that.length != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (bytes[from + i] != that.bytes[that.from + i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
