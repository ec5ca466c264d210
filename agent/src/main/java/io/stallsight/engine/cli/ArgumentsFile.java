package io.stallsight.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** A file with arguments that are too long for the attach API. Only the user of the target can read it. */
record ArgumentsFile(Path path) implements AutoCloseable {

    static ArgumentsFile of(String arguments, long pid) throws IOException {
        Path file = Files.createTempFile("stallsight-", ".arguments"); // only its owner may read it
        ArgumentsFile created = new ArgumentsFile(file);
        try {
            Files.writeString(file, arguments);
            giveTo(pid, file);
            return created;
        } catch (IOException | RuntimeException e) {
            created.close();
            throw e;
        }
    }

    /** Root may attach to the JVM of another user, which could not read a file of root. */
    private static void giveTo(long pid, Path file) {
        try {
            UserPrincipal user = Files.getOwner(Path.of("/proc/" + pid));
            if (!user.equals(Files.getOwner(file))) {
                Files.setOwner(file, user);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // no Linux: both are of one user
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
