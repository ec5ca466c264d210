package probe;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar of many classes, each padded to some size, written without a compiler. */
final class BigJar {

    private static final int JAVA_8 = 52;
    private static final int PADDING = 30_000;

    private BigJar() {}

    static String className(int index) {
        return "big.C" + index;
    }

    static Path create(int classes) throws IOException {
        Path jar = Files.createTempFile("probe", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (int i = 0; i < classes; i++) {
                zip.putNextEntry(new JarEntry(className(i).replace('.', '/') + ".class"));
                zip.write(emptyClass(className(i).replace('.', '/')));
                zip.closeEntry();
            }
        }
        return jar;
    }

    /** The class file of an empty public class (JVMS 4.1). */
    private static byte[] emptyClass(String internalName) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeShort(0);
        out.writeShort(JAVA_8);
        out.writeShort(6); // constant pool: entries 1 to 5
        out.writeByte(1);
        out.writeUTF(internalName);
        out.writeByte(7);
        out.writeShort(1);
        out.writeByte(1);
        out.writeUTF("java/lang/Object");
        out.writeByte(7);
        out.writeShort(3);
        out.writeByte(1);
        out.writeUTF("x".repeat(PADDING));
        out.writeShort(0x0021); // public super
        out.writeShort(2);
        out.writeShort(4);
        out.writeShort(0); // interfaces
        out.writeShort(0); // fields
        out.writeShort(0); // methods
        out.writeShort(0); // attributes
        return bytes.toByteArray();
    }
}
