package app.pools;

import app.SelectorLoop;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.bson.Document;

/**
 * Pools of connections, most to one database: a busy one that is well, and some that run dry, each in a way of its own;
 * and {@link Limits}. When the agent has reported those, an event loop waits for three others, which are dry.
 * Arguments: the URL, a statement that takes long, and one that is short.
 */
public final class ConnectionPools {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** What was not given back; a collected connection is lost as well. */
    private static final List<Connection> KEPT = new CopyOnWriteArrayList<>();

    /** The JDK ends the thread of a single thread executor that is collected. */
    private static final List<ExecutorService> WORKERS = new CopyOnWriteArrayList<>();

    private static final Semaphore GATE = new Semaphore(1);

    private static String url;

    private ConnectionPools() {}

    public static void main(String[] args) throws Exception {
        url = args[0];
        String slow = args[1];
        String fast = args[2];
        try (Witness witness = new Witness();
                SelectorLoop loop = new SelectorLoop("loop")) {
            HikariDataSource dry = pool("dry", 1, 250);
            GenericObjectPool<Object> objects = objects();
            dry.getConnection();
            objects.borrowObject();
            orders(fast);
            impatient();
            reports(slow);
            nested();
            leaky();
            documents();
            String hurry = Limits.impatient();
            String inner = Limits.nested();
            String heavy = Limits.heavy();
            String lost = Limits.leaky();
            System.out.println("LIMITS/" + String.join("/", hurry, inner, heavy, lost));
            GATE.acquire();
            witness.await(
                    Set.of("orders", "impatient", "dry", "objects", hurry),
                    Set.of("reports", "nested", "leaky", "documents", inner, heavy, lost),
                    TIMEOUT);
            loop.run(() -> giveUp(dry));
            loop.run(() -> giveUp(objects));
            loop.run(() -> GATE.tryAcquire(100, TimeUnit.MILLISECONDS));
        }
        System.out.println("DONE");
        System.exit(0);
    }

    /** Half of its borrowers wait for the others, never for long. */
    private static void orders(String fast) {
        HikariDataSource pool = pool("orders", 3, 30_000);
        for (int i = 0; i < 6; i++) {
            start("order-" + i, () -> {
                while (true) {
                    query(pool, fast);
                }
            });
        }
    }

    /** Its only connection is out while another thread gives up, again and again. */
    private static void impatient() throws Exception {
        HikariDataSource pool = pool("impatient", 1, 250);
        Connection kept = pool.getConnection();
        start("impatient", () -> {
            try {
                for (int i = 0; i < 2; i++) {
                    giveUp(pool);
                }
            } finally {
                kept.close();
            }
        });
    }

    private static void giveUp(HikariDataSource pool) throws SQLException {
        try {
            pool.getConnection().close();
        } catch (SQLTransientConnectionException expected) {
            // all connections are out
        }
    }

    private static GenericObjectPool<Object> objects() {
        GenericObjectPoolConfig<Object> config = new GenericObjectPoolConfig<>();
        config.setJmxNamePrefix("objects");
        config.setMaxTotal(1);
        return new GenericObjectPool<>(
                new BasePooledObjectFactory<Object>() {
                    @Override
                    public Object create() {
                        return new Object();
                    }

                    @Override
                    public PooledObject<Object> wrap(Object made) {
                        return new DefaultPooledObject<>(made);
                    }
                },
                config);
    }

    private static void giveUp(GenericObjectPool<Object> objects) throws Exception {
        try {
            objects.returnObject(objects.borrowObject(Duration.ofMillis(100)));
        } catch (NoSuchElementException expected) {
            // all objects are out
        }
    }

    /** All connections are in slow statements. */
    private static void reports(String slow) throws InterruptedException {
        HikariDataSource pool = pool("reports", 3, 30_000);
        CountDownLatch building = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            start("report-" + i, () -> build(pool, slow, building));
        }
        building.await();
        for (int i = 0; i < 2; i++) {
            start("reader-" + i, () -> read(pool));
        }
    }

    private static void build(HikariDataSource pool, String slow, CountDownLatch building) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            building.countDown();
            statement.execute(slow);
        }
    }

    private static void read(HikariDataSource pool) throws SQLException {
        pool.getConnection().close();
    }

    /** Each holder waits for another connection, which only another holder could give back. */
    private static void nested() {
        HikariDataSource pool = pool("nested", 2, 30_000);
        CyclicBarrier both = new CyclicBarrier(2);
        for (int i = 0; i < 2; i++) {
            start("nested-" + i, () -> transfer(pool, both));
        }
    }

    private static void transfer(HikariDataSource pool, CyclicBarrier both) throws Exception {
        try (Connection connection = pool.getConnection()) {
            both.await();
            audit(pool, connection);
        }
    }

    private static void audit(HikariDataSource pool, Connection from) throws SQLException {
        try (Connection second = pool.getConnection()) {
            second.setAutoCommit(from.getAutoCommit());
        }
    }

    /**
     * One thread ends without giving its connection back, another one goes on to wait for work, and one goes on to the
     * next task, which needs a connection as well.
     */
    private static void leaky() throws Exception {
        HikariDataSource pool = pool("leaky", 3, 30_000);
        Thread ends = start("ends", () -> forget(pool));
        ExecutorService idle = worker("goes-on");
        idle.submit(() -> forget(pool)).get();
        ends.join();
        ExecutorService busy = worker("leaky-reader");
        busy.submit(() -> forget(pool)).get();
        busy.submit(() -> {
            read(pool);
            return true;
        });
    }

    /** The driver of MongoDB borrows a connection for each operation. */
    private static void documents() throws Exception {
        CountDownLatch slow = new CountDownLatch(2);
        MongoServer server = new MongoServer(slow);
        MongoDatabase database = MongoClients.create(MongoClientSettings.builder()
                        .applicationName("documents")
                        .applyToClusterSettings(
                                cluster -> cluster.hosts(List.of(new ServerAddress("127.0.0.1", server.port()))))
                        .applyToConnectionPoolSettings(pool -> pool.maxSize(2))
                        .build())
                .getDatabase("shop");
        find(database, "ping");
        for (int i = 0; i < 2; i++) {
            start("document-" + i, () -> find(database, "slow"));
        }
        slow.await();
        start("document-reader", () -> read(database));
    }

    private static void find(MongoDatabase database, String command) {
        database.runCommand(new Document(command, 1));
    }

    private static void read(MongoDatabase database) {
        database.runCommand(new Document("ping", 1));
    }

    private static ExecutorService worker(String name) {
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        WORKERS.add(worker);
        return worker;
    }

    private static Connection forget(HikariDataSource pool) throws SQLException {
        Connection kept = pool.getConnection();
        KEPT.add(kept);
        return kept;
    }

    private static void query(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static HikariDataSource pool(String name, int size, int timeoutMillis) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(timeoutMillis);
        return new HikariDataSource(config);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
