package io.stallsight.engine.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;

/**
 * What the JVM was started with.
 *
 * @param mainClass its name with dots, empty if unknown
 * @param jar the path of the jar after {@code -jar}, as it stands in a URL; empty if there is none
 */
public record MainProgram(String mainClass, String jar) {

    /** Nothing is known of it. */
    public static final MainProgram UNKNOWN = new MainProgram("", "");

    /**
     * The program of this JVM. Reads the start of the jar, which the JVM itself has just opened: its manifest is the
     * first entry there.
     */
    public static MainProgram ofThisJvm() {
        return of(System.getProperty("sun.java.command", ""), System.getProperty("java.class.path", ""));
    }

    /**
     * @param command main class or jar, with the arguments
     * @param classPath with {@code -jar}, exactly the jar
     */
    static MainProgram of(String command, String classPath) {
        boolean isJar = !classPath.isEmpty()
                && command.startsWith(classPath)
                && (command.length() == classPath.length() || command.charAt(classPath.length()) == ' ');
        if (!isJar) {
            int blank = command.indexOf(' ');
            String program = blank < 0 ? command : command.substring(0, blank);
            return new MainProgram(program.substring(program.indexOf('/') + 1), ""); // module/class
        }
        try {
            Path jar = Path.of(classPath).toRealPath();
            return new MainProgram(mainClass(jar), jar.toUri().getRawPath());
        } catch (IOException | InvalidPathException | SecurityException unreadable) {
            return UNKNOWN;
        }
    }

    private static String mainClass(Path jar) throws IOException {
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar), false)) {
            Manifest manifest = in.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            return name == null ? "" : name.trim();
        }
    }

    /** The folder of the jar, with its last slash; empty if there is none. */
    String folder() {
        return jar.substring(0, jar.lastIndexOf('/') + 1);
    }

    String jarName() {
        return jar.substring(jar.lastIndexOf('/') + 1);
    }
}
