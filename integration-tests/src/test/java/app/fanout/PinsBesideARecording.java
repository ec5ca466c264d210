package app.fanout;

import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Event;
import jdk.jfr.Name;

/**
 * Pins carriers for some seconds while a recording runs that the command line started with default settings. Commits
 * events of its own meanwhile.
 */
public final class PinsBesideARecording {

    private static final long PIN_MILLIS = 100;
    private static final int PINS = 30;

    private PinsBesideARecording() {}

    /** Enabled by nothing but its own default. */
    @Name("app.Own")
    static final class Own extends Event {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < PINS; i++) {
            Thread thread = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                            PinsBesideARecording::pin);
            thread.join();
            new Own().commit();
        }
        Thread.sleep(2_000); // the agent reads events from JFR about a second late
    }

    /** A class initialiser is native to the virtual thread: it cannot leave its carrier. */
    private static void pin() {
        try {
            new PluginLoader()
                    .loadClass(Plugin.class.getName())
                    .getMethod("touch")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loaded anew each time. */
    public static final class Plugin {
        static {
            long end = System.nanoTime() + PIN_MILLIS * 1_000_000;
            for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
                LockSupport.parkNanos(rest);
            }
        }

        private Plugin() {}

        public static void touch() {}
    }

    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(PinsBesideARecording.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Plugin.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
