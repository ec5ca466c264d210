package io.stallsight.it.blockhound;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A jar as Spring Boot's plugin makes it: the real loader, the application and its libraries nested below BOOT-INF. */
final class FatJar {

    private FatJar() {}

    /**
     * @param main a program of this module; its whole package is the application
     * @param libraries nested as they are
     */
    static Path of(Class<?> main, ClassPath libraries) {
        Path file = TestOutput.unique("fat-jar").resolve("service.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest(main))) {
            for (Path loader :
                    ClassPath.programs().withLibs("spring-boot-loader").entries()) {
                if (Files.isRegularFile(loader)) {
                    unpack(loader, jar);
                }
            }
            for (String directory : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
                add(jar, directory, new byte[0]);
            }
            String folder = main.getPackageName().replace('.', '/');
            try (Stream<Path> classes =
                    Files.list(ClassPath.programs().entries().get(0).resolve(folder))) {
                for (Path each : classes.filter(FatJar::isNoIntegration).toList()) {
                    add(jar, "BOOT-INF/classes/" + folder + "/" + each.getFileName(), Files.readAllBytes(each));
                }
            }
            for (Path library : libraries.entries()) {
                add(jar, "BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A library with an integration for BlockHound. */
    static Path integration(String className) {
        Path file = TestOutput.unique("integration").resolve("shop-integration.jar");
        String path = className.replace('.', '/') + ".class";
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            Map<String, byte[]> entries = Map.of(
                    "META-INF/services/reactor.blockhound.integration.BlockHoundIntegration",
                    className.getBytes(),
                    path,
                    Files.readAllBytes(ClassPath.programs().entries().get(0).resolve(path)));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                add(jar, entry.getKey(), entry.getValue());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Integrations come in libraries. */
    private static boolean isNoIntegration(Path file) {
        return !file.toString().endsWith("Integration.class");
    }

    private static Manifest manifest(Class<?> main) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
        attributes.putValue("Start-Class", main.getName());
        attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        return manifest;
    }

    private static void unpack(Path loader, ZipOutputStream jar) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(loader))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(".class")) {
                    add(jar, entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    /** Nested jars must not be compressed. */
    private static void add(ZipOutputStream jar, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }
}
