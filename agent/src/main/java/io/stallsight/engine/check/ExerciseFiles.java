package io.stallsight.engine.check;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.util.List;

/** Streams and {@link File}. */
final class ExerciseFiles {

    private ExerciseFiles() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("FileInputStream, FileOutputStream", ExerciseFiles::streams),
                new Exercise("PrintStream", ExerciseFiles::print),
                new Exercise("InputStream loops", ExerciseFiles::loops),
                new Exercise("RandomAccessFile read", ExerciseFiles::randomRead),
                new Exercise("RandomAccessFile write", ExerciseFiles::randomWrite),
                new Exercise("File", ExerciseFiles::file));
    }

    private static void streams() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            File file = folder.path.resolve("stream").toFile();
            try (FileOutputStream out = new FileOutputStream(file)) {
                out.write(0);
                out.write(new byte[32]);
                out.write(new byte[32], 0, 32);
                out.getFD().sync();
            }
            try (FileInputStream in = new FileInputStream(file)) {
                in.available();
                in.read();
                in.read(new byte[1]);
                in.read(new byte[1], 0, 1);
                in.skip(1);
                in.readNBytes(1);
                in.transferTo(OutputStream.nullOutputStream());
                in.readAllBytes();
            }
        }
    }

    private static void print() {
        try (PrintStream out = new PrintStream(OutputStream.nullOutputStream())) {
            out.print(1);
            out.println();
            out.write(1);
            out.append("1");
            out.format("1");
            out.printf("1");
        }
    }

    private static void loops() throws IOException {
        try (InputStream in = new Zeros()) {
            in.readNBytes(1);
            in.readNBytes(new byte[1], 0, 1);
            in.skipNBytes(1);
            in.transferTo(OutputStream.nullOutputStream());
            in.readAllBytes();
        }
        try (InputStream in = new BufferedInputStream(new Zeros())) {
            in.read(new byte[1], 0, 1);
        }
    }

    /** Overrides none of the methods of InputStream that read in a loop. */
    private static final class Zeros extends InputStream {
        private int left = 8;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }
    }

    private static void randomRead() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder();
                RandomAccessFile file =
                        new RandomAccessFile(folder.file("random").toFile(), "r")) {
            file.length();
            file.read();
            file.read(new byte[1]);
            file.read(new byte[1], 0, 1);
            file.readFully(new byte[1]);
            file.readFully(new byte[1], 0, 1);
            file.readBoolean();
            file.readByte();
            file.readUnsignedByte();
            file.readShort();
            file.readUnsignedShort();
            file.readChar();
            file.readInt();
            file.readLong();
            file.readFloat();
            file.readDouble();
            file.readUTF(); // zeros: an empty string
            file.skipBytes(1);
            file.readLine();
        }
    }

    private static void randomWrite() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder();
                RandomAccessFile file =
                        new RandomAccessFile(folder.path.resolve("random").toFile(), "rw")) {
            file.setLength(1);
            file.write(0);
            file.write(new byte[1]);
            file.write(new byte[1], 0, 1);
            file.writeBoolean(true);
            file.writeByte(0);
            file.writeShort(0);
            file.writeChar(0);
            file.writeInt(0);
            file.writeLong(0);
            file.writeFloat(0);
            file.writeDouble(0);
            file.writeBytes("a");
            file.writeChars("a");
            file.writeUTF("a");
            file.getFD().sync();
        }
    }

    private static void file() throws IOException {
        try (ExerciseFolder folder = new ExerciseFolder()) {
            File directory = folder.path.toFile();
            File file = new File(directory, "file");
            file.createNewFile();
            File.createTempFile("file", null, directory);
            File.createTempFile("stallsight-check", null).delete();
            read(file);
            directory.list();
            directory.list((parent, name) -> true);
            directory.listFiles();
            directory.listFiles(found -> true);
            directory.listFiles((parent, name) -> true);
            new File(directory, "a").mkdir();
            new File(directory, "b/c").mkdirs();
            change(file);
            File renamed = new File(directory, "renamed");
            file.renameTo(renamed);
            renamed.delete();
        }
    }

    private static void read(File file) throws IOException {
        file.exists();
        file.isFile();
        file.isDirectory();
        file.isHidden();
        file.canRead();
        file.canWrite();
        file.canExecute();
        file.length();
        file.lastModified();
        file.getTotalSpace();
        file.getFreeSpace();
        file.getUsableSpace();
        file.getCanonicalPath();
        file.getCanonicalFile();
    }

    private static void change(File file) {
        file.setLastModified(0);
        file.setReadOnly();
        file.setReadable(true);
        file.setReadable(true, true);
        file.setWritable(true);
        file.setWritable(true, true);
        file.setExecutable(true);
        file.setExecutable(true, true);
    }
}
