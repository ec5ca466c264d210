package io.stallsight.engine.weavecache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the cache. What is in it runs in this JVM, so it must belong to the user of this process, and nobody
 * else may write to it. A file system that does not say so, as on Windows, is not used.
 */
final class CacheFolder {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** On Linux, it belongs to the user that the process runs as, also in a container whose user has no name. */
    private static final Path OWN_PROCESS = Path.of("/proc/self");

    private CacheFolder() {}

    /**
     * Makes the folder if it is missing, and the one that it is in. A home that is not there is not made.
     *
     * @throws IOException with the reason, if it cannot be used
     */
    static void prepare(Path folder) throws IOException {
        try {
            if (Files.notExists(folder)) {
                Path parent = folder.getParent();
                if (parent != null && Files.notExists(parent)) {
                    Files.createDirectory(parent);
                }
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            check(folder);
        } catch (UnsupportedOperationException e) {
            throw new IOException("its file system has no owners and permissions");
        }
    }

    /**
     * @param path the folder or a file in it; a symbolic link is refused
     * @throws IOException with the reason, if another user could have written it
     */
    static void check(Path path) throws IOException {
        Map<String, Object> facts;
        try {
            facts = Files.readAttributes(path, "unix:uid,permissions,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            throw new IOException("its file system has no owners and permissions");
        }
        Object own = ownUid();
        if (own == null || !own.equals(facts.get("uid"))) {
            throw new IOException(path + " does not belong to the user of this process");
        }
        Set<?> permissions = (Set<?>) Objects.requireNonNull(facts.get("permissions"));
        if (Boolean.TRUE.equals(facts.get("isSymbolicLink"))
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("other users may write to " + path);
        }
    }

    private static @Nullable Object ownUid() throws IOException {
        try {
            return Files.getAttribute(OWN_PROCESS, "unix:uid");
        } catch (NoSuchFileException noLinux) {
            Path home = Path.of(System.getProperty("user.home", ""));
            return Files.exists(home) ? Files.getAttribute(home, "unix:uid") : null;
        }
    }
}
