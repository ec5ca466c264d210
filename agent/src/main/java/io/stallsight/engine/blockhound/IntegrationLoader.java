package io.stallsight.engine.blockhound;

import io.stallsight.engine.instrument.ClassCopy;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lets integrations run without BlockHound on the class path. It is a child of the application's loader and defines two
 * kinds of classes itself: BlockHound's API from the agent jar, and copies of the application's classes that refer to
 * that API. All other classes come from the application's loader, so that {@code instanceof} in a predicate refers to
 * the application's class.
 *
 * <p>It does the same if the application has BlockHound: then the run of an integration does not initialize or change
 * the application's copy of BlockHound.
 */
final class IntegrationLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String API = "reactor.blockhound.";

    private static final byte[] API_IN_CLASS_FILE = "reactor/blockhound/".getBytes(StandardCharsets.UTF_8);

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

    /**
     * Returns the class file that this loader must define, or null if the class comes from the application's loader.
     */
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
            return original != null && (refersToApi(original) || isPartOfCopy(name)) ? ClassCopy.of(original) : null;
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** A nested class of a copied integration must be copied too, as it may use private members of its outer class. */
    private boolean isPartOfCopy(String name) {
        int dollar = name.lastIndexOf('$');
        if (dollar <= 0) {
            return false;
        }
        String outer = name.substring(0, dollar);
        return findLoadedClass(outer) != null && isIntegration(outer) || isPartOfCopy(outer);
    }

    /**
     * Returns whether a class of this loader is an integration. A class that only uses BlockHound, such as a test that
     * installs it, is copied without its nested classes: these are shared with the application.
     */
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

    private static boolean refersToApi(byte[] classFile) {
        int last = classFile.length - API_IN_CLASS_FILE.length;
        for (int i = 0; i <= last; i++) {
            int same = 0;
            while (same < API_IN_CLASS_FILE.length && classFile[i + same] == API_IN_CLASS_FILE[same]) {
                same++;
            }
            if (same == API_IN_CLASS_FILE.length) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the class file, in the format of Java 8, of an empty interface. It replaces a class of BlockHound that
     * only BlockHound's instrumentation uses and that the agent jar does not contain. The JVM must be able to load some
     * class of that name when it verifies the API, and the verifier accepts an interface in place of any type.
     */
    private static byte[] emptyInterface(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeInt(52);
        out.writeShort(5);
        out.writeByte(1); // constant 1: UTF-8 text
        out.writeUTF(name.replace('.', '/'));
        out.writeByte(7); // constant 2: class with the name in constant 1
        out.writeShort(1);
        out.writeByte(1);
        out.writeUTF("java/lang/Object");
        out.writeByte(7);
        out.writeShort(3);
        out.writeShort(0x601); // access flags: public, abstract, interface
        out.writeShort(2);
        out.writeShort(4);
        out.writeLong(0); // counts of interfaces, fields, methods and attributes
        return bytes.toByteArray();
    }
}
