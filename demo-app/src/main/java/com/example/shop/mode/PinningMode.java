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
 * Pricing plug-ins run on virtual threads. A static initialiser that sleeps pins its carrier, also where
 * {@code synchronized} no longer does (JEP 491): once every carrier is pinned, no virtual thread moves. The twin sleeps
 * in plain code, which unmounts.
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

    /** Another virtual thread, with next to nothing to do. */
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

    /** In a loader of its own each time, since a class is initialised once. */
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

    /** Defines the plug-in itself instead of asking its parent, which has the class already. */
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
