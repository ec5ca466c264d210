package app.blockhound;

import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Methods of the builder, one case in each JVM, because BlockHound is installed once. */
public final class Builders {

    private static final ThreadLocal<Boolean> CAN_BLOCK = ThreadLocal.withInitial(() -> true);

    private Builders() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "callback" -> callback();
            case "throwing" -> throwing();
            case "allowances" -> allowances();
            case "dynamic" -> dynamic();
            case "marked" -> marked();
            case "twice" -> twice();
            case "order" -> order();
            case "stack" -> stack();
            case "initializers" -> initializers();
            case "beyond" -> beyond();
            case "predicate" -> failingPredicate();
            case "running" -> running();
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("DONE");
    }

    private static BlockHound.Builder builder() {
        return BlockHound.builder()
                .nonBlockingThreadPredicate(before -> before.or(NonBlockingThread.class::isInstance));
    }

    private static void print(String what) {
        System.out.println("SAID " + what);
    }

    private static void sleep() throws InterruptedException {
        Thread.sleep(20);
    }

    /** A callback that does not throw: the call goes on. */
    private static void callback() throws Exception {
        List<String> methods = new ArrayList<>();
        builder()
                .blockingMethodCallback(method -> methods.add(method.toString()))
                .install();
        print(NonBlockingThread.run(() -> {
            long start = System.nanoTime();
            sleep();
            return check(System.nanoTime() - start >= 20_000_000);
        }));
        print(String.join(",", methods));
    }

    private static Object check(boolean fine) {
        if (!fine) {
            throw new AssertionError();
        }
        return fine;
    }

    private static void throwing() throws Exception {
        builder()
                .blockingMethodCallback(method -> {
                    throw new UnsupportedOperationException(
                            method.getClassName() + " " + method.getName() + " " + method.isStatic());
                })
                .install();
        print(NonBlockingThread.run(() -> {
            sleep();
            return null;
        }));
    }

    private static final class Nested {
        static Object outer() throws InterruptedException {
            sleep();
            return inner();
        }

        static Object inner() throws InterruptedException {
            sleep();
            return null;
        }

        static Callable<Object> sleepLater() {
            return () -> {
                sleep();
                return null;
            };
        }
    }

    private static void allowances() throws Exception {
        builder()
                .allowBlockingCallsInside(Nested.class.getName(), "outer")
                .disallowBlockingCallsInside(Nested.class.getName(), "inner")
                .allowBlockingCallsInside(Nested.class.getName(), "sleepLater")
                .install();
        AtomicReference<BlockingOperationError> error = new AtomicReference<>();
        NonBlockingThread.run(() -> {
            try {
                return Nested.outer();
            } catch (BlockingOperationError e) {
                error.set(e);
                return null;
            }
        });
        print(Arrays.stream(error.get().getStackTrace())
                .filter(frame -> frame.getClassName().contains("Nested"))
                .map(StackTraceElement::getMethodName)
                .collect(Collectors.joining(",")));
        print(NonBlockingThread.run(() -> Nested.sleepLater().call()));
    }

    private static void dynamic() throws Exception {
        Thread main = Thread.currentThread();
        BlockHound.install(builder -> {
            builder.addDynamicThreadPredicate(main::equals);
            builder.nonBlockingThreadPredicate(before -> before.or(thread -> !CAN_BLOCK.get()));
        });
        for (boolean canBlock : new boolean[] {true, false, true, false}) {
            CAN_BLOCK.set(canBlock);
            String result = NonBlockingThread.result(() -> {
                Thread.sleep(0);
                return null;
            });
            CAN_BLOCK.set(true);
            print(canBlock + " " + result);
        }
    }

    private static void marked() throws Exception {
        Marked.answer();
        builder()
                .markAsBlocking(Marked.class, "answer", "()Ljava/lang/String;")
                .markAsBlocking("app.blockhound.LoadedLater", "answer", "()I")
                .markAsBlocking(Marked.class, "nothing", "()V")
                .markAsBlocking("app.blockhound.LoadedLater", "nothing", "()V")
                .markAsBlocking("app.blockhound.NotThere", "nothing", "()V")
                .install();
        print(NonBlockingThread.run(Marked::answer));
        print(NonBlockingThread.run(LoadedLater::answer));
        print(NonBlockingThread.run(Marked::answer, false));
    }

    private static void twice() throws Exception {
        builder().install();
        // the next file that the application's loader reads is the agent jar
        Class.forName("io.stallsight.junit.Suite", false, Builders.class.getClassLoader());
        BlockHound.builder()
                .nonBlockingThreadPredicate(before -> thread -> true)
                .blockingMethodCallback(method -> print("the second"))
                .install();
        BlockHound.install();
        print(NonBlockingThread.run(() -> {
            sleep();
            return null;
        }));
        sleep();
    }

    private record Ordered(int priority, List<Integer> applied) implements BlockHoundIntegration {
        @Override
        public void applyTo(BlockHound.Builder builder) {
            applied.add(priority);
        }

        @Override
        public int getPriority() {
            return priority;
        }
    }

    private static void order() {
        List<Integer> applied = new ArrayList<>();
        BlockHound.install(new Ordered(3, applied), new Ordered(-1, applied), new Ordered(2, applied));
        print(applied.toString());
    }

    private static void stack() throws Exception {
        CompletableFuture<Void> future = new CompletableFuture<>();
        class Sleeper extends Thread {
            @Override
            public void run() {
                try {
                    Thread.sleep(0);
                    future.complete(null);
                } catch (Throwable e) {
                    future.completeExceptionally(e);
                }
            }
        }
        BlockHound.builder()
                .nonBlockingThreadPredicate(before -> before.or(Sleeper.class::isInstance))
                .install();
        new Sleeper().start();
        Throwable error = future.handle((nothing, e) -> e).get();
        for (StackTraceElement frame : error.getStackTrace()) {
            print(frame.getClassName() + "." + frame.getMethodName());
        }
    }

    private static final class Allowed {
        static final long TIME = slow();
    }

    private static final class NotAllowed {
        static final long TIME = slow();
    }

    private static long slow() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return System.nanoTime();
    }

    private static void initializers() throws Exception {
        builder().allowBlockingCallsInside(Allowed.class.getName(), "<clinit>").install();
        print(NonBlockingThread.run(() -> Allowed.TIME));
        print(NonBlockingThread.run(() -> NotAllowed.TIME));
        ClassLoader slow = new ClassLoader() {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) {
                slow();
                return Object.class;
            }
        };
        print(NonBlockingThread.run(() -> slow.loadClass("anything")));
    }

    /** Calls that BlockHound does not know. */
    private static void beyond() throws Exception {
        File file = File.createTempFile("beyond", ".txt");
        file.deleteOnExit();
        builder().install();
        print(NonBlockingThread.run(() -> Files.readAllBytes(file.toPath())));
    }

    private static void failingPredicate() throws Exception {
        BlockHound.builder()
                .nonBlockingThreadPredicate(before -> thread -> {
                    if (thread instanceof NonBlockingThread) {
                        throw new IllegalStateException("bad predicate");
                    }
                    return false;
                })
                .install();
        print(NonBlockingThread.run(() -> {
            sleep();
            return null;
        }));
    }

    /** A thread that runs, and has blocked, before BlockHound is installed. */
    private static void running() throws Exception {
        CompletableFuture<Void> installed = new CompletableFuture<>();
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    installed.join();
                    result.complete(NonBlockingThread.result(() -> {
                        sleep();
                        return null;
                    }));
                },
                "runs-already");
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        BlockHound.builder()
                .nonBlockingThreadPredicate(before -> before.or(thread::equals))
                .install();
        installed.complete(null);
        print(result.get());
    }
}
