package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.catalog.rule.PoolRule.Path;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.MemberPath;
import io.stallsight.engine.reflect.Quantity;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Reads a pool by the fields and methods that the catalog names. */
final class CatalogPoolReader implements PoolReader {

    private static final int MAX_WORKERS = 2_000;

    /** What the catalog says in words: nothing of the pool. */
    private static final EnumSet<Path> TEXTS = EnumSet.of(Path.GENERATED, Path.KNOWN, Path.AS);

    private final PoolRule rule;
    private final PoolKind kind;
    private final Map<Path, MemberPath> paths = new EnumMap<>(Path.class);
    private final Map<Path, Quantity> numbers = new EnumMap<>(Path.class);

    /** The maximum, if the catalog has a number and not a path. */
    private final long fixedMax;

    CatalogPoolReader(PoolRule rule, PoolKind kind) {
        this.rule = rule;
        this.kind = kind;
        fixedMax = number(rule.path(Path.MAX));
        for (Path path : EnumSet.complementOf(TEXTS)) {
            MemberPath members = MemberPath.of(rule.path(path));
            if (members != null) {
                paths.put(path, members);
                Quantity number = Quantity.of(rule.path(path));
                if (number != null) {
                    numbers.put(path, number);
                }
            }
        }
    }

    private long number(Path path, Object pool) {
        Quantity number = numbers.get(path);
        return number == null ? Gauges.UNKNOWN : number.in(pool);
    }

    private static long number(@Nullable String text) {
        return text == null || !Character.isDigit(text.charAt(0)) ? Gauges.UNKNOWN : Long.parseLong(text);
    }

    @Override
    public String title() {
        return rule.title();
    }

    @Override
    public PoolKind kind() {
        return kind;
    }

    @Override
    public @Nullable String name(Object pool) {
        if (isKnown(pool)) {
            return rule.path(Path.AS);
        }
        MemberPath path = paths.get(Path.NAME);
        String name = path != null && path.follow(pool) instanceof String text ? text : null;
        // without a name of its own an object is called after its address, which no other run has
        String generated = rule.path(Path.GENERATED);
        boolean isGenerated = name != null && generated != null && name.startsWith(generated);
        return name == null || isGenerated || name.indexOf('@') >= 0 ? null : name;
    }

    private boolean isKnown(Object pool) {
        String known = rule.path(Path.KNOWN);
        if (known == null) {
            return false;
        }
        int hash = known.indexOf('#');
        try {
            Class<?> owner = Class.forName(
                    known.substring(0, hash), false, pool.getClass().getClassLoader());
            int dot = known.indexOf('.', hash);
            Field field = owner.getDeclaredField(known.substring(hash + 1, dot < 0 ? known.length() : dot));
            if (!field.trySetAccessible()) {
                return false;
            }
            Object start = field.get(null);
            MemberPath rest = dot < 0 ? null : MemberPath.of(known.substring(dot + 1));
            return start != null && (rest == null ? start : rest.follow(start)) == pool;
        } catch (ReflectiveOperationException | LinkageError otherVersion) {
            return false;
        }
    }

    @Override
    public boolean waitsOnlyWhenDry() {
        return rule.waitsOnlyWhenDry();
    }

    @Override
    public boolean boundsOthers() {
        return paths.containsKey(Path.MEMBERS);
    }

    @Override
    public @Nullable String namesOfOthers(Object pool) {
        MemberPath names = paths.get(Path.MEMBERS);
        return names == null ? null : String.valueOf(names.follow(pool));
    }

    @Override
    public PoolReading read(Object pool) {
        long sizeNow = paths.containsKey(Path.SIZE)
                ? number(Path.SIZE, pool)
                : workers(pool).size();
        long maxNow = fixedMax >= 0 ? fixedMax : number(Path.MAX, pool);
        long queuedNow = number(Path.QUEUED, pool);
        return new PoolReading(
                active(pool, sizeNow, maxNow, queuedNow),
                number(Path.IDLE, pool),
                sizeNow,
                maxNow,
                queuedNow,
                number(Path.CAPACITY, pool),
                number(Path.COMPLETED, pool),
                number(Path.REJECTED, pool),
                0);
    }

    private long active(Object pool, long sizeNow, long maxNow, long queuedNow) {
        if (kind == PoolKind.THREADS && !paths.containsKey(Path.ACTIVE) && maxNow == 1) {
            return sizeNow == 1 && queuedNow > 0 ? 1 : 0; // a task waits: the only thread must be busy
        }
        long given = number(Path.ACTIVE, pool);
        if (kind == PoolKind.CONNECTIONS && !paths.containsKey(Path.ACTIVE)) {
            long free = number(Path.IDLE, pool);
            return sizeNow < 0 || free < 0 ? Gauges.UNKNOWN : Math.max(0, sizeNow - free);
        }
        boolean allBusy = queuedNow > 0 && sizeNow > 0 && sizeNow >= maxNow; // no worker can be idle
        return given < 0 && allBusy ? sizeNow : given;
    }

    @Override
    public boolean givesWorkers() {
        return paths.containsKey(Path.WORKERS);
    }

    @Override
    public List<Thread> workers(Object pool) {
        List<Thread> found = new ArrayList<>();
        MemberPath workers = paths.get(Path.WORKERS);
        if (workers == null) {
            return found;
        }
        MemberPath lock = paths.get(Path.LOCK);
        Lock held = lock != null && lock.follow(pool) instanceof Lock known ? known : null;
        if (held != null) {
            held.lock();
        }
        try {
            collect(workers.follow(pool), found);
        } catch (RuntimeException changedMeanwhile) {
            return found;
        } finally {
            if (held != null) {
                held.unlock();
            }
        }
        return found;
    }

    private void collect(@Nullable Object from, List<Thread> into) {
        List<?> many = Quantity.elements(from);
        if (many == null) {
            add(from, into);
            return;
        }
        for (Object one : many) {
            add(one, into);
        }
    }

    private void add(@Nullable Object worker, List<Thread> into) {
        if (worker == null || into.size() >= MAX_WORKERS) {
            return;
        }
        MemberPath toThread = paths.get(Path.WORKER_THREAD);
        Object thread = worker instanceof Thread || toThread == null ? worker : toThread.follow(worker);
        if (thread instanceof Thread found) {
            into.add(found);
        }
    }
}
