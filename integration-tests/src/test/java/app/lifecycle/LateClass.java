package app.lifecycle;

import java.io.IOException;
import java.io.InputStream;

/**
 * A class that is loaded while the agent is attached, again and again, each time by another loader. It has call sites
 * that the agent may rewrite.
 */
public final class LateClass implements Runnable {

    private static final class Loader extends ClassLoader {
        Loader() {
            super(LateClass.class.getClassLoader());
        }

        Runnable define() throws IOException, ReflectiveOperationException {
            String name = LateClass.class.getName();
            try (InputStream in = LateClass.class.getResourceAsStream("LateClass.class")) {
                byte[] bytes = in.readAllBytes();
                return (Runnable) defineClass(name, bytes, 0, bytes.length)
                        .getDeclaredConstructor()
                        .newInstance();
            }
        }
    }

    public LateClass() {}

    static void loadAndRun() throws Exception {
        WovenBytes.keep(new Loader().define()).run();
    }

    @Override
    public void run() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
