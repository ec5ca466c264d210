package app.blockhound;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Runs {@link WithoutBlockHound} from a class loader of its own, as the launcher of a fat jar does. */
public final class LateLoader {

    private LateLoader() {}

    public static void main(String[] args) throws Exception {
        URL[] urls = new URL[args.length];
        for (int i = 0; i < args.length; i++) {
            urls[i] = Path.of(args[i]).toUri().toURL();
        }
        URLClassLoader loader = new URLClassLoader("late", urls, ClassLoader.getPlatformClassLoader());
        loader.loadClass(WithoutBlockHound.class.getName())
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);
    }
}
