package probe;

import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Zip and jar files. */
final class Archives {

    private static final String FILE = "FILE";

    private Archives() {}

    private static Path jar() throws Exception {
        return Scratch.jar(10, new byte[100_000]);
    }

    @BlocksBriefly(FILE)
    static Body zipFileOpen() throws Exception {
        Path jar = jar();
        return () -> openInAMethod(jar);
    }

    private static void openInAMethod(Path jar) throws java.io.IOException {
        Net.keep(new ZipFile(jar.toFile()));
    }

    @BlocksBriefly(FILE)
    static Body zipFileOpen_reference() throws Exception {
        Path jar = jar();
        return () -> Calls.callWith(ZipFile::new, jar.toFile());
    }

    @BlocksBriefly(FILE)
    static Body jarFileOpen() throws Exception {
        Path jar = jar();
        return () -> Net.keep(new JarFile(jar.toFile()));
    }

    @BlocksBriefly(FILE)
    static Body zipEntryRead() throws Exception {
        ZipFile zip = Net.keep(new ZipFile(jar().toFile()));
        ZipEntry entry = zip.getEntry("entry3");
        InputStream in = zip.getInputStream(entry);
        return () -> in.read(new byte[1_000]);
    }

    @BlocksBriefly(FILE)
    static Body zipFileSystem() throws Exception {
        Path jar = jar();
        return () -> Net.keep(FileSystems.newFileSystem(jar));
    }
}
