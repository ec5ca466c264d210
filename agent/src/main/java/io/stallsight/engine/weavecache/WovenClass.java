package io.stallsight.engine.weavecache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the weaver made of one class file. Immutable by convention: no array is changed. */
public final class WovenClass {

    /** What decides about the result. */
    public static final class Source {
        final String name;
        final boolean ofBootLoader;
        final int[] points;
        final byte[] classFile;

        /**
         * @param name of the class, with dots
         * @param ofBootLoader shapes hold for other loaders only
         * @param points ids of the points that the catalog has for the name
         */
        public Source(String name, boolean ofBootLoader, int[] points, byte[] classFile) {
            this.name = name;
            this.ofBootLoader = ofBootLoader;
            this.points = points;
            this.classFile = classFile;
        }

        public String name() {
            return name;
        }

        public boolean ofBootLoader() {
            return ofBootLoader;
        }

        public byte[] classFile() {
            return classFile;
        }

        boolean isEqual(Source other) {
            return name.equals(other.name)
                    && ofBootLoader == other.ofBootLoader
                    && Arrays.equals(points, other.points)
                    && ClassFiles.areEqual(classFile, other.classFile);
        }
    }

    final Source source;
    final byte @Nullable [] classFile;
    final int[] found;
    final boolean rewritten;

    /**
     * @param classFile the woven class; null if it stays as it is
     * @param found ids of the points whose method the class has, those of shapes among them
     * @param rewritten whether it is changed for more than the points that the catalog has for its name
     */
    public WovenClass(Source source, byte @Nullable [] classFile, int[] found, boolean rewritten) {
        this.source = source;
        this.classFile = classFile;
        this.found = found;
        this.rewritten = rewritten;
    }

    public byte @Nullable [] classFile() {
        return classFile;
    }

    /** Whether the method of the point with this id is there. */
    public boolean hasFound(int point) {
        for (int each : found) {
            if (each == point) {
                return true;
            }
        }
        return false;
    }

    public int[] found() {
        return found;
    }

    public boolean isRewritten() {
        return rewritten;
    }
}
