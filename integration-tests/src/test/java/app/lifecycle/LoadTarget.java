package app.lifecycle;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A program under load, for attach and detach. It reads commands from stdin, one a line, and answers each with
 * {@code DID} and the line:
 *
 * <ul>
 *   <li>{@code capture n}: prints the changed classes; {@code compare n} does so after the detach
 *   <li>{@code watch name}: gives the watched thread this name
 *   <li>{@code gone n}: prints the threads of the agent
 *   <li>{@code classes n}: prints how many classes of engines are loaded
 *   <li>{@code end}
 * </ul>
 */
public final class LoadTarget {

    private static final AtomicBoolean ENDED = new AtomicBoolean();

    private LoadTarget() {}

    public static void main(String[] args) throws Exception {
        Path release = Path.of(System.getProperty("java.home"), "release");
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(4);
        load("producer", () -> {
            queue.put(1);
            LockSupport.parkNanos(50_000);
        });
        load("consumer", queue::take);
        load("reader", () -> {
            try (InputStream in = new FileInputStream(release.toFile())) {
                in.readAllBytes();
            }
        });
        load("sleeper", () -> Thread.sleep(1));
        load("parker", () -> LockSupport.parkNanos(100_000));
        ExecutorService pool = Executors.newFixedThreadPool(2, LoadTarget::daemon);
        ScheduledExecutorService timers = Executors.newScheduledThreadPool(1, LoadTarget::daemon);
        timers.scheduleAtFixedRate(() -> pool.execute(() -> {}), 0, 5, TimeUnit.MILLISECONDS);
        Thread watched = load("watched-loop", LoadTarget::block);
        System.out.println("READY");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null && !line.equals("end"); line = commands.readLine()) {
            String argument = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("capture ")) {
                WovenBytes.capture().forEach(name -> System.out.println("WOVEN " + name));
            } else if (line.startsWith("watch ")) {
                LateClass.loadAndRun();
                watched.setName(argument);
            } else if (line.startsWith("compare ")) {
                WovenBytes.changed().forEach(name -> System.out.println("NOT RESTORED " + name));
            } else if (line.startsWith("gone ")) {
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.toLowerCase(Locale.ROOT).contains("stallsight"))
                        .forEach(name -> System.out.println("THREAD " + name));
                WovenBytes.forget();
            } else if (line.startsWith("classes ")) {
                System.out.println("CLASSES " + WovenBytes.classesOfEngines());
            }
            System.out.println("DID " + line);
        }
        ENDED.set(true);
        System.out.println("DONE");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "pool");
        thread.setDaemon(true);
        return thread;
    }

    private static void block() throws InterruptedException {
        Thread.sleep(5);
    }

    /** Work that is repeated until the end. */
    private interface Work {
        void run() throws Exception;
    }

    private static Thread load(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    while (!ENDED.get()) {
                        try {
                            work.run();
                        } catch (Throwable t) {
                            System.out.println("LOAD FAILED " + name + " " + t);
                            t.printStackTrace();
                            return;
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
