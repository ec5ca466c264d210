package app.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An application behind a class loader that throws at any name that it does not expect, and remembers it. */
public final class SuspiciousLoader {

    private SuspiciousLoader() {}

    private static final class Loader extends ClassLoader {
        private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

        Loader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        private void check(String name) {
            if (!name.startsWith("app.lifecycle.") && !name.startsWith("java.") && !name.startsWith("app/lifecycle/")) {
                unexpected.add(name);
                throw new SecurityException("unexpected: " + name);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            check(name);
            return super.loadClass(name, resolve);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public URL getResource(String name) {
            check(name);
            return super.getResource(name);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            check(name);
            return super.getResources(name);
        }
    }

    public static void main(String[] args) throws Exception {
        Loader loader = new Loader();
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass("app.lifecycle.TwoSites")
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);
        loader.unexpected.forEach(name -> System.out.println("UNEXPECTED " + name));
    }
}
