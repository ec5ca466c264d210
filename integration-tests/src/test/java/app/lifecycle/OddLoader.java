package app.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A loop whose classes come from a framework's class loader, which the JVM calls directly. The loader keeps the loop
 * waiting: with a call for the first class, for a monitor for the second. Then the loop itself sleeps.
 */
public final class OddLoader {

    private static final int MILLIS = 60;

    private OddLoader() {}

    public static void main(String[] args) throws Exception {
        Quarry quarry = new Quarry();
        Runnable work = (Runnable)
                quarry.loadClass(Work.class.getName()).getDeclaredConstructor().newInstance();
        Thread loop = new Thread(work, "odd-loop-1");
        loop.start();
        quarry.holdWhileTheSecondIsLoaded(loop);
        loop.join();
    }

    /** Runs on the loop. */
    public static final class Work implements Runnable {
        @Override
        public void run() {
            new First().touch();
            new Second().touch();
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Is loaded while the loop waits for a call. */
    public static final class First {
        void touch() {}
    }

    /** Is loaded while the loop waits for a monitor. */
    public static final class Second {
        void touch() {}
    }

    /** Its name does not say what it is. */
    private static final class Quarry extends ClassLoader {
        private final Object pit = new Object();
        private final CountDownLatch second = new CountDownLatch(1);
        private final CountDownLatch held = new CountDownLatch(1);

        Quarry() {
            super(OddLoader.class.getClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (!name.startsWith(OddLoader.class.getName() + "$")) {
                return getParent().loadClass(name);
            }
            try {
                if (name.endsWith("First")) {
                    Thread.sleep(MILLIS);
                } else if (name.endsWith("Second")) {
                    second.countDown();
                    held.await();
                    synchronized (pit) {
                        return define(name);
                    }
                }
                return define(name);
            } catch (InterruptedException | IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private Class<?> define(String name) throws IOException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        /** Long enough for the watching thread to see it. */
        void holdWhileTheSecondIsLoaded(Thread loop) throws InterruptedException {
            second.await();
            synchronized (pit) {
                held.countDown();
                while (loop.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                TimeUnit.MILLISECONDS.sleep(2 * MILLIS);
            }
        }
    }
}
