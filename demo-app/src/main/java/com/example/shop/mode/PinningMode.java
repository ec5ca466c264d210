package com.example.shop.mode;

import com.example.pricing.PriceTable;
import com.example.shop.offload.VirtualThreads;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/**
 * Pricing plug-ins run on virtual threads. A static initialiser that sleeps pins its carrier on all JDKs, also on those
 * where {@code synchronized} does not (JEP 491). When all carriers are pinned, no virtual thread can run. The twin
 * sleeps in plain code, so that the thread leaves its carrier.
 */
@RestController
@RequestMapping("/modes/pinning")
class PinningMode {
    private static final long SLEEP_MILLIS = 200;

    private final byte[] plugin = bytes(PriceTable.class);

    @GetMapping("/wrong")
    Mono<String> wrong() {
        return onVirtualThread(this::loadAndRunPlugin);
    }

    @GetMapping("/right")
    Mono<String> right() {
        return onVirtualThread(() -> Thread.sleep(SLEEP_MILLIS));
    }

    /** Another virtual thread with very little work. */
    @GetMapping("/neighbour")
    Mono<String> neighbour() {
        return onVirtualThread(() -> {});
    }

    private static Mono<String> onVirtualThread(Task task) {
        return Mono.defer(() -> VirtualThreads.executor()
                .map(executor -> Mono.fromFuture(CompletableFuture.supplyAsync(() -> task.call("priced"), executor)))
                .orElseGet(() -> Mono.error(new ResponseStatusException(
                        HttpStatus.NOT_IMPLEMENTED, "virtual threads need Java 21 or later"))));
    }

    /** Uses a new loader each time, because a class is initialised only once. */
    private void loadAndRunPlugin() throws ReflectiveOperationException {
        Class<?> type = new PluginLoader(plugin).loadClass(PriceTable.class.getName());
        ((Runnable) type.getDeclaredConstructor().newInstance()).run();
    }

    private static byte[] bytes(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return Objects.requireNonNull(in, type.getName()).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + type.getName(), e);
        }
    }

    /** Work that may throw. */
    private interface Task {
        void run() throws Exception;

        default String call(String result) {
            try {
                run();
                return result;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Defines the plug-in itself. Its parent has loaded the class already. */
    private static final class PluginLoader extends ClassLoader {
        private final byte[] plugin;

        PluginLoader(byte[] plugin) {
            super(PluginLoader.class.getClassLoader());
            this.plugin = plugin;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(PriceTable.class.getName())
                    ? defineClass(name, plugin, 0, plugin.length)
                    : super.loadClass(name, resolve);
        }
    }
}
