package probe;

import java.io.File;

/** {@code java.io.File}. */
final class OldFiles {

    private static final String FILE = "FILE";

    private OldFiles() {}

    private static File file() throws Exception {
        return Scratch.file().toFile();
    }

    private static File nothing() throws Exception {
        return Scratch.nothing().toFile();
    }

    @BlocksBriefly(value = FILE, api = "File.exists")
    static Body exists() throws Exception {
        File file = file();
        return () -> existsInAMethod(file);
    }

    private static void existsInAMethod(File file) {
        file.exists();
    }

    @BlocksBriefly(value = FILE, api = "File.exists")
    static Body exists_lambda() throws Exception {
        File file = file();
        return () -> file.exists();
    }

    @BlocksBriefly(value = FILE, api = "File.exists")
    static Body exists_reference() throws Exception {
        File file = file();
        return () -> Calls.call(file::exists);
    }

    @BlocksBriefly(value = FILE, api = "File.isFile")
    static Body isFile() throws Exception {
        File file = file();
        return () -> file.isFile();
    }

    @BlocksBriefly(value = FILE, api = "File.isDirectory")
    static Body isDirectory() throws Exception {
        File file = file();
        return () -> file.isDirectory();
    }

    @BlocksBriefly(value = FILE, api = "File.length")
    static Body length() throws Exception {
        File file = file();
        return () -> file.length();
    }

    @BlocksBriefly(value = FILE, api = "File.lastModified")
    static Body lastModified() throws Exception {
        File file = file();
        return () -> file.lastModified();
    }

    @BlocksBriefly(value = FILE, api = "File.setLastModified")
    static Body setLastModified() throws Exception {
        File file = file();
        return () -> file.setLastModified(1);
    }

    @BlocksBriefly(value = FILE, api = "File.canRead")
    static Body canRead() throws Exception {
        File file = file();
        return () -> file.canRead();
    }

    @BlocksBriefly(value = FILE, api = "File.setReadOnly")
    static Body setReadOnly() throws Exception {
        File file = file();
        return () -> file.setReadOnly();
    }

    @BlocksBriefly(value = FILE, api = "File.list")
    static Body list() throws Exception {
        File directory = Scratch.directory().toFile();
        return () -> directory.list();
    }

    @BlocksBriefly(value = FILE, api = "File.listFiles")
    static Body listFiles() throws Exception {
        File directory = Scratch.directory().toFile();
        return () -> directory.listFiles();
    }

    @BlocksBriefly(value = FILE, api = "File.mkdir")
    static Body mkdir() throws Exception {
        File nothing = nothing();
        return () -> nothing.mkdir();
    }

    @BlocksBriefly(value = FILE, api = "File.mkdirs")
    static Body mkdirs() throws Exception {
        File nothing = new File(nothing(), "below");
        return () -> nothing.mkdirs();
    }

    @BlocksBriefly(value = FILE, api = "File.createNewFile")
    static Body createNewFile() throws Exception {
        File nothing = nothing();
        return () -> nothing.createNewFile();
    }

    @BlocksBriefly(value = FILE, api = "File.createTempFile")
    static Body createTempFile() throws Exception {
        File directory = Scratch.directory().toFile();
        return () -> File.createTempFile("abc", "d", directory);
    }

    @BlocksBriefly(value = FILE, api = "File.delete")
    static Body delete() throws Exception {
        File file = file();
        return () -> file.delete();
    }

    @BlocksBriefly(value = FILE, api = "File.delete")
    static Body delete_reference() throws Exception {
        File file = file();
        return () -> Calls.call(file::delete);
    }

    @BlocksBriefly(value = FILE, api = "File.renameTo")
    static Body renameTo() throws Exception {
        File from = file();
        File to = nothing();
        return () -> from.renameTo(to);
    }

    @BlocksBriefly(value = FILE, api = "File.getCanonicalPath")
    static Body getCanonicalPath() throws Exception {
        File file = file();
        return () -> file.getCanonicalPath();
    }

    @BlocksBriefly(value = FILE, api = "File.getFreeSpace")
    static Body getFreeSpace() throws Exception {
        File file = file();
        return () -> file.getFreeSpace();
    }

    @NeverBlocks
    static Body nameArithmetic() {
        File file = new File("/tmp/a");
        return () -> {
            file.getName();
            file.getParentFile();
            file.getAbsolutePath();
        };
    }
}
