package io.stallsight.engine.blockhound;

import io.stallsight.engine.instrument.ClassCopy;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gives integrations the BlockHound that the application may not have: a child of the application's loader with
 * BlockHound's API from the agent jar, and with copies of those classes of the application that mention it. All other
 * classes are the application's own, so that {@code instanceof} in a predicate means what it should.
 *
 * <p>With an application that has BlockHound it is the same, so that running an integration does not initialise or
 * change that one.
 */
final class IntegrationLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String API = "reactor.blockhound.";

    private static final byte[] MENTION = "reactor/blockhound/".getBytes(StandardCharsets.UTF_8);

    private final ClassLoader application;

    IntegrationLoader(ClassLoader application) {
        super("stallsight-blockhound", application);
        this.application = application;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = bytes(name);
                loaded = bytes == null ? application.loadClass(name) : defineClass(name, bytes, 0, bytes.length);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    /** What is to be defined here; null for a class of the application. */
    private byte @Nullable [] bytes(String name) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return null;
        }
        String resource = name.replace('.', '/') + ".class";
        try {
            if (name.startsWith(API)) {
                byte[] api = read(IntegrationLoader.class.getClassLoader(), resource);
                return api == null ? emptyInterface(name) : api;
            }
            byte[] original = read(application, resource);
            return original != null && (mentions(original) || isPartOfCopy(name)) ? ClassCopy.of(original) : null;
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** A nested class of a copied one may use what only nest mates and the same package may. */
    private boolean isPartOfCopy(String name) {
        int dollar = name.lastIndexOf('$');
        if (dollar <= 0) {
            return false;
        }
        String outer = name.substring(0, dollar);
        return findLoadedClass(outer) != null && isIntegration(outer) || isPartOfCopy(outer);
    }

    /** A class that only uses BlockHound (a test that installs it) shares its nested classes with the application. */
    private boolean isIntegration(String name) {
        Class<?> type = findLoadedClass(name);
        Class<?> integration = findLoadedClass(API + "integration.BlockHoundIntegration");
        return type != null && integration != null && integration.isAssignableFrom(type);
    }

    private static byte @Nullable [] read(ClassLoader loader, String resource) throws IOException {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static boolean mentions(byte[] classFile) {
        int last = classFile.length - MENTION.length;
        for (int i = 0; i <= last; i++) {
            int same = 0;
            while (same < MENTION.length && classFile[i + same] == MENTION[same]) {
                same++;
            }
            if (same == MENTION.length) {
                return true;
            }
        }
        return false;
    }

    /**
     * Stands for a class that only BlockHound's own instrumentation uses: the verifier takes an interface for any type.
     * The class file is in the format of Java 8.
     */
    private static byte[] emptyInterface(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeInt(52);
        out.writeShort(5);
        out.writeByte(1); // constant 1: a text
        out.writeUTF(name.replace('.', '/'));
        out.writeByte(7); // constant 2: the class named by it
        out.writeShort(1);
        out.writeByte(1);
        out.writeUTF("java/lang/Object");
        out.writeByte(7);
        out.writeShort(3);
        out.writeShort(0x601); // public, abstract, interface
        out.writeShort(2);
        out.writeShort(4);
        out.writeLong(0); // no interfaces, fields, methods, attributes
        return bytes.toByteArray();
    }
}
