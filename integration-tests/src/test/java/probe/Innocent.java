package probe;

import com.sun.management.OperatingSystemMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Work that takes time without a blocking call. */
final class Innocent {

    private Innocent() {}

    @NeverBlocks
    static Body computation() {
        return () -> {
            double sum = 0;
            for (int i = 1; i < 2_000_000; i++) {
                sum += Math.sqrt(i);
            }
            Net.keep(sum);
        };
    }

    @NeverBlocks
    static Body garbageCollectionCausedByAnotherThread() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Late.start("collector", () -> {
            while (!done.get()) {
                System.gc();
            }
        });
        return () -> {
            long end = System.nanoTime() + 60_000_000;
            List<byte[]> live = new ArrayList<>();
            while (System.nanoTime() < end) {
                live.add(new byte[10_000]);
                if (live.size() > 1_000) {
                    live.clear();
                }
            }
            done.set(true);
        };
    }

    @NeverBlocks
    static Body collections() {
        return () -> {
            Map<Integer, String> map = new HashMap<>();
            for (int i = 0; i < 100_000; i++) {
                map.put(i, "value" + i);
            }
        };
    }

    @NeverBlocks
    static Body secureRandomOfTheDefaultKind() {
        SecureRandom random = new SecureRandom();
        random.nextInt();
        return () -> random.nextBytes(new byte[100]);
    }

    /** Reads files, but allowed: a class loader loads a class at a moment that the application cannot choose. */
    @NeverBlocks
    static Body classLoadingFromAJar() throws Exception {
        Path jar = BigJar.create(200);
        URLClassLoader loader =
                Net.keep(new URLClassLoader(new URL[] {jar.toUri().toURL()}, null));
        return () -> {
            for (int i = 0; i < 200; i++) {
                Class.forName(BigJar.className(i), true, loader);
            }
        };
    }

    /** Reads a file of a jar, but allowed: the JDK loads a bundle once, as it does a class. */
    @NeverBlocks
    static Body resourceBundleFromAJar() throws Exception {
        Path jar = Files.createTempFile("messages", ".jar");
        jar.toFile().deleteOnExit();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("messages.properties"));
            out.write("hello=hallo".getBytes(StandardCharsets.ISO_8859_1));
        }
        URLClassLoader loader =
                Net.keep(new URLClassLoader(new URL[] {jar.toUri().toURL()}, null));
        return () -> ResourceBundle.getBundle("messages", Locale.ROOT, loader).getString("hello");
    }

    /** In a container, the JDK reads files of the kernel, which are in memory. */
    @NeverBlocks
    static Body loadOfTheProcess() {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return () -> Net.keep(system.getCpuLoad());
    }

    @NeverBlocks
    static Body stringFormatting() {
        return () -> String.format("%s %d %.2f", "a", 1, 2.0);
    }

    @NeverBlocks
    static Body exceptions() {
        return () -> {
            try {
                throw new IllegalStateException("expected");
            } catch (IllegalStateException e) {
                e.getStackTrace();
            }
        };
    }

    @NeverBlocks
    static Body startOfAThread() {
        return () -> Late.start("started", () -> {});
    }

    @NeverBlocks
    static Body time() {
        return () -> {
            System.currentTimeMillis();
            System.nanoTime();
            java.time.ZonedDateTime.now();
        };
    }
}
