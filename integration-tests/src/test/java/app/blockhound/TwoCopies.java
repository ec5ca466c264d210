package app.blockhound;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Two applications in one JVM, each with its own copy of BlockHound: the arguments are their class path. */
public final class TwoCopies {

    private TwoCopies() {}

    public static void main(String[] args) throws Exception {
        install("first", args);
        install("second", args);
        for (String name : new String[] {"first", "second", "other"}) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            Thread.sleep(5);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    name);
            thread.start();
            thread.join();
        }
        System.out.println("DONE");
    }

    private static void install(String name, String[] classPath) throws Exception {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < classPath.length; i++) {
            urls[i] = Path.of(classPath[i]).toUri().toURL();
        }
        new URLClassLoader(name, urls, ClassLoader.getPlatformClassLoader())
                .loadClass(OneCopy.class.getName())
                .getMethod("install", String.class)
                .invoke(null, name);
    }
}
