package io.stallsight.api;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Attaches the agent to this JVM. A JVM may not attach to itself, so a second JVM does it, and ends. */
final class SelfAttach {

    private static final int PATIENCE_SECONDS = 60;

    private static final String SET_UP =
            "; start the tests' JVM with -javaagent:stallsight.jar instead (docs/testing.md)";

    private SelfAttach() {}

    /** @throws IllegalStateException with one line that says why it cannot be done */
    static void attach(Map<String, String> options) {
        File jar = agentJar();
        Path file = null;
        try {
            file = Files.createTempFile("stallsight", ".properties");
            Properties properties = new Properties();
            properties.putAll(options);
            try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                properties.store(out, null);
            }
            run(jar, file);
        } catch (IOException e) {
            throw new IllegalStateException("Stallsight could not attach itself: " + e.getMessage() + SET_UP, e);
        } finally {
            delete(file);
        }
        if (AgentLink.find() == null) {
            throw new IllegalStateException("Stallsight could not attach itself: the agent stays off" + SET_UP);
        }
    }

    private static void run(File jar, Path options) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        java.toString(),
                        "-jar",
                        jar.getPath(),
                        "attach",
                        Long.toString(ProcessHandle.current().pid()),
                        "config=" + options))
                .redirectErrorStream(true);
        // options for the tests' JVM, such as another agent, are not for the helper
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process helper = builder.start();
        helper.getOutputStream().close();
        String output = new String(helper.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        try {
            if (!helper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                helper.destroyForcibly();
                throw new IllegalStateException("Stallsight could not attach itself: the helper hangs" + SET_UP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stallsight could not attach itself: interrupted" + SET_UP, e);
        }
        if (helper.exitValue() != 0) {
            throw new IllegalStateException("Stallsight could not attach itself: "
                    + firstLine(output).replaceFirst("^stallsight: ", "") + SET_UP);
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static File agentJar() {
        CodeSource source = SelfAttach.class.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        try {
            File jar = location == null ? null : new File(location.toURI());
            if (jar != null && jar.isFile()) {
                return jar;
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // reported below
        }
        throw new IllegalStateException("Stallsight could not attach itself: its classes come from " + location
                + ", which is not the agent's jar" + SET_UP);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a small file stays in the folder for temporary files
        }
    }
}
