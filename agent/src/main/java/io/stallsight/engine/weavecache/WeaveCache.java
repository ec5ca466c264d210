package io.stallsight.engine.weavecache;

import io.stallsight.hook.StallsightErrors;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Woven classes of this build of the agent: those that an earlier JVM has left, and those that this one adds for later
 * ones. On any doubt about the folder or a file, the class is woven as without a cache.
 *
 * <p>Any thread may ask it, also inside of a class load. What is added waits in memory for {@link #write}, which writes
 * a new file beside the old one and puts it in its place. Of JVMs that do so at the same time, the last one wins.
 */
public final class WeaveCache {

    private static final String SUFFIX = ".woven";
    private static final String UNFINISHED = ".tmp";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Of different builds, catalogs and JDKs. The newest stay. */
    private static final int MAX_FILES = 8;

    /** A service with many libraries has about 300 woven classes of 20 kB on average, before and after. */
    private static final long MAX_BYTES = 24L << 20;

    /** To write a file takes three times its size of the heap. A JVM in which that is more than 3/8 adds nothing. */
    private static final int MAX_SHARE_OF_HEAP = 8;

    /** Of a hash in the name of a file: 128 bits. */
    private static final int DIGITS = 32;

    private final @Nullable Path folder;
    private final String key;

    /** Held while a file is written; never while a class is looked up. */
    private final Object writing = new Object();

    private final List<WovenClass> added = new ArrayList<>();
    private @Nullable CacheFile file;
    private boolean closed;

    private WeaveCache(@Nullable Path folder, String key) {
        this.folder = folder;
        this.key = key;
    }

    /** A cache that has nothing and keeps nothing. */
    public static WeaveCache none() {
        return new WeaveCache(null, "");
    }

    /**
     * A name for everything that decides about woven classes, but for the class files themselves: the agent, the JDK,
     * whose native methods have stand-ins, and what the catalog has.
     *
     * @param build of the agent
     * @param catalog a further file of the user, or null
     * @param without what is left out of the catalog: letters, or empty
     */
    public static String key(String build, @Nullable Path catalog, String without) throws IOException {
        String jdk = Runtime.version() + "-" + System.getProperty("java.vendor", "");
        String further = catalog == null ? "" : "-" + sha256(Files.readAllBytes(catalog));
        String less = without.isEmpty() ? "" : "-without-" + without;
        return build.substring(0, DIGITS) + "-" + jdk.replaceAll("[^A-Za-z0-9.+]+", "-") + further + less;
    }

    private static String sha256(byte[] bytes) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    /**
     * @param key equal keys have equal results: names the agent's build, the catalog and the JDK, as a file name
     * @throws IOException with the reason, if the folder cannot be used
     */
    public static WeaveCache in(Path folder, String key) throws IOException {
        CacheFolder.prepare(folder);
        WeaveCache cache = new WeaveCache(folder, key);
        cache.file = cache.open();
        return cache;
    }

    /** Null if there is no file that can be used. */
    private @Nullable CacheFile open() {
        try {
            Path path = path();
            if (path == null || !Files.exists(path)) {
                return null;
            }
            CacheFolder.check(path);
            return CacheFile.open(path.toFile());
        } catch (IOException e) {
            return null; // it is replaced
        }
    }

    private @Nullable Path path() {
        return folder == null ? null : folder.resolve(key + SUFFIX);
    }

    /** Whether what is added is kept for later JVMs. */
    public boolean isKept() {
        return folder != null;
    }

    /** What an earlier JVM has made of the same class, or null. */
    public @Nullable WovenClass find(WovenClass.Source source) {
        CacheFile current;
        synchronized (this) {
            current = file;
        }
        try {
            return current == null ? null : current.find(source);
        } catch (IOException | RuntimeException damaged) {
            forget(current);
            return null;
        }
    }

    private synchronized void forget(@Nullable CacheFile unusable) {
        close(unusable);
        if (file == unusable) {
            file = null;
        }
    }

    /** Keeps a class for later JVMs. */
    public synchronized void add(WovenClass woven) {
        if (folder != null && !closed) {
            added.add(woven);
        }
    }

    /** Writes what has been added. From here on nothing is found or kept. */
    public void close() {
        write();
        synchronized (this) {
            closed = true;
            added.clear();
            forget(file);
        }
    }

    /** Writes what has been added. A class load that asks meanwhile does not wait. */
    public void write() {
        synchronized (writing) {
            Path into = folder;
            List<WovenClass> classes = take();
            if (into == null || classes.isEmpty() || isTooMuch(into, classes)) {
                return;
            }
            try {
                CacheFolder.prepare(into);
                replace(into.resolve(key + SUFFIX), classes);
                prune(into);
            } catch (IOException | UnsupportedOperationException readOnlyOrFull) {
                return; // the next JVM weaves as this one did
            }
            reopen();
        }
    }

    private boolean isTooMuch(Path into, List<WovenClass> classes) {
        long size = into.resolve(key + SUFFIX).toFile().length();
        for (WovenClass woven : classes) {
            size += size(woven);
        }
        return size > Runtime.getRuntime().maxMemory() / MAX_SHARE_OF_HEAP;
    }

    private synchronized List<WovenClass> take() {
        List<WovenClass> taken = new ArrayList<>(added);
        added.clear();
        return taken;
    }

    private synchronized void reopen() {
        CacheFile before = file;
        file = open();
        close(before);
    }

    private void replace(Path path, List<WovenClass> classes) throws IOException {
        List<WovenClass> all = new ArrayList<>(classes);
        long size = classes.stream().mapToLong(WeaveCache::size).sum();
        CacheFile current = open(); // another JVM may have written it
        if (current != null) {
            all.addAll(current.others(classes, MAX_BYTES - size));
            close(current);
        }
        Path fresh =
                path.resolveSibling(key + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + UNFINISHED);
        try {
            try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                    fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY))) {
                CacheFile.write(out, all);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static long size(WovenClass woven) {
        byte[] after = woven.classFile;
        return (long) woven.source.classFile.length + (after == null ? 0L : after.length);
    }

    /** Keeps the newest files, and none that a killed JVM has left half-written. */
    private static void prune(Path folder) throws IOException {
        List<File> files = new ArrayList<>();
        long stale = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);
        for (File each : Objects.requireNonNullElse(folder.toFile().listFiles(), new File[0])) {
            if (each.getName().endsWith(SUFFIX)) {
                files.add(each);
            } else if (each.getName().endsWith(UNFINISHED) && each.lastModified() < stale) {
                Files.deleteIfExists(each.toPath());
            }
        }
        files.sort(Comparator.comparingLong(File::lastModified).reversed());
        for (int i = MAX_FILES; i < files.size(); i++) {
            Files.deleteIfExists(files.get(i).toPath());
        }
    }

    private static void close(@Nullable CacheFile open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            StallsightErrors.suppress(e);
        }
    }
}
