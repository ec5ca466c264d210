package io.stallsight.engine.check;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip files, jar files, and URLs of both. */
final class ExerciseZip {

    private static final String ENTRY = "entry";

    private ExerciseZip() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("ZipFile, JarFile", ExerciseZip::jar),
                new Exercise("FileSystems", ExerciseZip::fileSystem),
                new Exercise("jar: and file: URLs", ExerciseZip::urls));
    }

    private static File newJar(ExerciseFolder folder) throws IOException {
        File file = folder.path.resolve("exercise.jar").toFile();
        try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream(file))) {
            out.putNextEntry(new ZipEntry(ENTRY));
            out.write(new byte[64]);
            out.closeEntry();
        }
        return file;
    }

    private static void fileSystem() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            File file = folder.path.resolve("fs.zip").toFile();
            try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream(file))) {
                out.putNextEntry(new ZipEntry(ENTRY));
            }
            FileSystems.newFileSystem(file.toPath()).close();
        }
    }

    private static void jar() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder();
                JarFile jar = new JarFile(newJar(folder))) {
            jar.getManifest();
            jar.getEntry(ENTRY);
            try (InputStream in = jar.getInputStream(jar.getJarEntry(ENTRY))) {
                in.read();
                in.read(new byte[8], 0, 8);
            }
        }
        try (ExerciseFolder folder = new ExerciseFolder();
                JarFile jar = new JarFile(newStoredJar(folder));
                InputStream in = jar.getInputStream(new ZipEntry(ENTRY))) {
            in.read();
        }
    }

    /** An entry that is not deflated is read without an inflater. */
    private static File newStoredJar(ExerciseFolder folder) throws IOException {
        File file = folder.path.resolve("stored.jar").toFile();
        try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream(file))) {
            ZipEntry entry = new ZipEntry(ENTRY);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(1);
            entry.setCrc(0xD202EF8DL); // of one zero byte
            out.putNextEntry(entry);
            out.write(0);
            out.closeEntry();
        }
        return file;
    }

    private static void urls() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            File file = newJar(folder);
            JarURLConnection jar = (JarURLConnection) new URL("jar:" + file.toURI() + "!/" + ENTRY).openConnection();
            jar.setUseCaches(false);
            jar.connect();
            jar.getInputStream().close();
            URLConnection connection = file.toURI().toURL().openConnection();
            connection.connect();
            connection.getInputStream().close();
        }
    }
}
