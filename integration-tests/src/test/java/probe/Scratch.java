package probe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Temporary files and directories. */
final class Scratch {

    private Scratch() {}

    /** A file of a hundred bytes. */
    static Path file() throws IOException {
        Path file = Files.createTempFile("probe", ".txt");
        file.toFile().deleteOnExit();
        return Files.write(file, new byte[100]);
    }

    static Path directory() throws IOException {
        Path directory = Files.createTempDirectory("probe");
        directory.toFile().deleteOnExit();
        return directory;
    }

    /** The path of a file that does not exist, in a new directory. */
    static Path nothing() throws IOException {
        return directory().resolve("nothing");
    }

    /** A jar with this many entries, each with the same content. */
    static Path jar(int entries, byte[] content) throws IOException {
        Path jar = Files.createTempFile("probe", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries; i++) {
                zip.putNextEntry(new ZipEntry("entry" + i));
                zip.write(content);
                zip.closeEntry();
            }
        }
        return jar;
    }
}
