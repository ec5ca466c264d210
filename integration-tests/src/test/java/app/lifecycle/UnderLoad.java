package app.lifecycle;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A program under load into which an agent is attached and from which it is detached, told by lines on stdin:
 * {@code attached}, {@code detached}, {@code end}. It answers each with a line. The second agent {@link ClassBytes}
 * watches what its classes become.
 */
public final class UnderLoad {

    private static final AtomicBoolean ENDED = new AtomicBoolean();

    private UnderLoad() {}

    public static void main(String[] args) throws Exception {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(4);
        load("producer", () -> queue.put(1));
        load("consumer", queue::take);
        load("reader", () -> Files.readAllBytes(Path.of(System.getProperty("java.home"), "release")));
        load("sleeper", () -> Thread.sleep(1));
        load("parker", () -> LockSupport.parkNanos(100_000));
        load("watched-loop", UnderLoad::block);
        System.out.println("READY");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine();
                command != null && !command.equals("end");
                command = commands.readLine()) {
            if (command.equals("attached")) {
                ClassBytes.attached();
                LateClass.loadAndRun();
                System.out.println("SEEN");
            } else {
                ClassBytes.restored().forEach(problem -> System.out.println("NOT RESTORED " + problem));
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("stallsight"))
                        .forEach(name -> System.out.println("THREAD " + name));
                System.out.println("CHECKED " + ClassBytes.size());
            }
        }
        ENDED.set(true);
        System.out.println("DONE");
        System.exit(0);
    }

    private static void block() throws InterruptedException {
        Thread.sleep(5);
    }

    /** Work that is repeated until the end. */
    private interface Work {
        void run() throws Exception;
    }

    private static void load(String name, Work work) {
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
    }
}
