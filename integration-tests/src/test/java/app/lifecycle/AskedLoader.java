package app.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An application in a class loader that tells every name that it was asked for. */
public final class AskedLoader extends ClassLoader {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private AskedLoader() {
        super(ClassLoader.getPlatformClassLoader());
    }

    public static void main(String[] args) throws Exception {
        AskedLoader loader = new AskedLoader();
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass("app.lifecycle.TwoSites")
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);
        loader.asked.forEach(name -> System.out.println("ASKED " + name));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        asked.add(name);
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
        asked.add(name);
        return super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        asked.add(name);
        return super.getResources(name);
    }
}
