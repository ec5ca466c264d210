package app.lifecycle;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Starts an application in a child-first loader of its own, as executable archives do. Arguments: main class, class
 * path entries.
 */
public final class NestedLauncher {

    private NestedLauncher() {}

    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(URL[] urls) {
            super(urls, NestedLauncher.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && !name.startsWith("java.")) {
                    try {
                        loaded = findClass(name);
                    } catch (ClassNotFoundException e) {
                        loaded = null; // the parent may have it
                    }
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }

    public static void main(String[] args) throws Exception {
        URL[] urls = new URL[args.length - 1];
        for (int i = 1; i < args.length; i++) {
            urls[i - 1] = Path.of(args[i]).toUri().toURL();
        }
        ClassLoader loader = new ChildFirst(urls);
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(args[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }
}
