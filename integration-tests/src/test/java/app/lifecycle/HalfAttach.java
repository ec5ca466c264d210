package app.lifecycle;

import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Attaches the agent with an {@link Instrumentation} that fails at one of its methods, then at the next one, and at
 * last with one that works. Prints what each failed attach has left behind: nothing.
 */
public final class HalfAttach {

    private static final String OPTIONS = "threads=loop-*,http=0";

    /** The methods that fail, and at which call. */
    private static final List<Map.Entry<String, Integer>> FAILURES = List.of(
            Map.entry("redefineModule", 3),
            Map.entry("isModifiableClass", 1),
            Map.entry("retransformClasses", 1),
            Map.entry("getAllLoadedClasses", 2));

    private HalfAttach() {}

    /** Its resources cannot be read. */
    private static final class HostileLoader extends ClassLoader {
        @Override
        public InputStream getResourceAsStream(String name) {
            throw new AssertionError("no resources");
        }

        Class<?> define(byte[] classFile) {
            return defineClass(null, classFile, 0, classFile.length);
        }
    }

    public static void main(String[] args) throws Exception {
        for (Map.Entry<String, Integer> failure : FAILURES) {
            attach(failure.getKey(), failure.getValue());
        }
        Class<?> hostile;
        try (InputStream file = Hello.class.getResourceAsStream("Hello.class")) {
            hostile = new HostileLoader().define(file.readAllBytes());
        }
        System.out.println("LOADED " + hostile.getName());
        agentmain(OPTIONS, Instruments.instrumentation());
        block();
        agentmain("--detach", Instruments.instrumentation());
        block();
        System.out.println("DETACHED " + leftovers());
        System.exit(0);
    }

    /** As the JVM calls the agent; its classes are in its jar alone. */
    private static void agentmain(String arguments, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        Class.forName("io.stallsight.agent.Agent")
                .getMethod("agentmain", String.class, Instrumentation.class)
                .invoke(null, arguments, instrumentation);
    }

    private static void attach(String method, int call) throws Exception {
        Instrumentation real = Instruments.instrumentation();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger transformers = new AtomicInteger();
        Instrumentation failing = (Instrumentation) Proxy.newProxyInstance(
                HalfAttach.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && calls.incrementAndGet() == call) {
                        throw new AssertionError("failed");
                    }
                    transformers.addAndGet(
                            switch (called.getName()) {
                                case "addTransformer" -> 1;
                                case "removeTransformer" -> -1;
                                default -> 0;
                            });
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        agentmain(OPTIONS, failing);
        block();
        System.out.println("FAILED " + method + " " + call + ": " + (calls.get() >= call) + " "
                + Math.max(0, transformers.get()) + " " + leftovers());
    }

    /** Blocks a loop: an agent that runs reports it. */
    private static void block() throws InterruptedException {
        Thread loop = new Thread(
                () -> {
                    try {
                        Thread.sleep(5);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "loop-1");
        loop.start();
        loop.join();
    }

    /** Threads of the agent, its handlers of the end of the JVM, and whether hooks offer an engine. */
    private static String leftovers() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (threads() > 0 && System.nanoTime() - end < 0) {
            Thread.sleep(10);
        }
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        hooks.setAccessible(true);
        long handlers = ((Map<?, ?>) hooks.get(null))
                .keySet().stream()
                        .filter(thread -> ((Thread) thread).getName().startsWith("stallsight"))
                        .count();
        Object service = null;
        try {
            service = Class.forName("java.lang.StallsightAgent")
                    .getMethod("service")
                    .invoke(null);
        } catch (ClassNotFoundException noHooks) {
            // the attach failed before there were hooks
        }
        return threads() + " " + handlers + " " + (service == null);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("stallsight-"))
                .count();
    }
}
