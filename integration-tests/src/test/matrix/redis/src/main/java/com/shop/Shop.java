package com.shop;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import reactor.core.publisher.Mono;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** Prices and visits with Lettuce and Redisson, carts with Jedis, orders under a lock of Redisson. */
final class Shop implements AutoCloseable {

    private final RedisClient lettuce;
    private final StatefulRedisConnection<String, String> connection;
    private final JedisPool jedis;
    private final RedissonClient redisson;

    Shop(int port) {
        lettuce = RedisClient.create("redis://127.0.0.1:" + port);
        connection = lettuce.connect();
        JedisPoolConfig config = new JedisPoolConfig();
        config.setMaxTotal(4);
        jedis = new JedisPool(config, "127.0.0.1", port);
        Config redissonConfig = new Config();
        redissonConfig
                .useSingleServer()
                .setAddress("redis://127.0.0.1:" + port)
                .setConnectionPoolSize(8)
                .setConnectionMinimumIdleSize(2);
        redisson = Redisson.create(redissonConfig);
        connection.sync().set("price", "42");
    }

    /** Answers on a loop of Lettuce. */
    Mono<String> price() {
        return connection.reactive().get("price");
    }

    CompletableFuture<String> visits() {
        return redisson.getAtomicLong("visits")
                .incrementAndGetAsync()
                .toCompletableFuture()
                .thenApply(String::valueOf);
    }

    /**
     * If the answer is there before its use is known, the use would run on the calling thread.
     *
     * @param use of a visit, on a loop of Redisson
     */
    CompletableFuture<String> visits(UnaryOperator<String> use) {
        return visits()
                .thenCompose(visits -> Thread.currentThread().getName().startsWith("redisson-netty")
                        ? CompletableFuture.completedFuture(use.apply(visits))
                        : visits(use));
    }

    /** Waits for Redis. */
    String cart() {
        try (Jedis client = jedis.getResource()) {
            client.hset("cart", "apples", "3");
            return client.hget("cart", "apples");
        }
    }

    /** Waits for Redis, and for others that order. */
    String order() {
        RLock lock = redisson.getLock("order");
        lock.lock();
        try {
            RMapCache<String, String> orders = redisson.getMapCache("orders");
            orders.fastPut("last", "apples");
            return orders.get("last");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        jedis.close();
        connection.close();
        lettuce.shutdown();
        redisson.shutdown();
    }
}
