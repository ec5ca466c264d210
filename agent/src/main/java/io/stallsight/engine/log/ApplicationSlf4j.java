package io.stallsight.engine.log;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the SLF4J to which the agent writes, in a JVM where several applications may have one each, and where
 * applications come and go.
 *
 * <p>An SLF4J of the system loader, or of one of its parents, lives as long as the JVM and comes first. Of the others
 * the youngest comes first: after a redeployment the older one belongs to an application that is gone, and its
 * appenders are stopped. Loaders and loggers are held weakly, so that an undeployed application can be collected.
 *
 * <p>{@link #loading} runs on threads of the application; everything else on the thread {@code stallsight-log}.
 */
final class ApplicationSlf4j {

    /** For this long, an SLF4J that an application has loaded may become ready. In nanoseconds. */
    private static final long SET_UP_TIMEOUT = TimeUnit.SECONDS.toNanos(2);

    /** An SLF4J, and the sink for it; the next look makes another sink if this one has been collected. */
    private static final class Candidate {
        final WeakReference<ClassLoader> loader;
        final boolean lasting;
        final long since = System.nanoTime();
        WeakReference<Slf4jSink> sink = new WeakReference<>(null);

        Candidate(ClassLoader loader) {
            this.loader = new WeakReference<>(loader);
            this.lasting = isLasting(loader);
        }

        private static boolean isLasting(ClassLoader loader) {
            for (ClassLoader at = ClassLoader.getSystemClassLoader(); at != null; at = at.getParent()) {
                if (at == loader) {
                    return true;
                }
            }
            return false;
        }

        @Nullable
        Slf4jSink sink(Opener opener) {
            Slf4jSink known = sink.get();
            ClassLoader present = loader.get();
            if (known != null || present == null) {
                return known;
            }
            try {
                // The loader has defined this class, so the look-up finds it without running the loader's code.
                Slf4jSink made = Slf4jSink.of(Class.forName("org.slf4j.LoggerFactory", false, present), opener);
                sink = new WeakReference<>(made);
                return made;
            } catch (ClassNotFoundException | LinkageError brokenOrClosed) {
                return null; // the loader of an application that is closed cannot load any more
            }
        }
    }

    private final Opener opener;
    private final Queue<Candidate> loading = new ConcurrentLinkedQueue<>();

    /** The best first. */
    private final List<Candidate> candidates = new ArrayList<>();

    ApplicationSlf4j(Opener opener) {
        this.opener = opener;
    }

    /** A loader loads SLF4J. Called while the class loads, so that the loader cannot be used yet. */
    void loading(@Nullable ClassLoader loader) {
        if (loader != null) {
            loading.add(new Candidate(loader));
        }
    }

    /** Whether an application has one, ready or not. */
    boolean isPresent() {
        update();
        return !candidates.isEmpty();
    }

    /**
     * The sink to write to.
     *
     * @param patient whether to wait for an SLF4J that was loaded just before and is better than those that are ready
     * @return null if none is ready
     */
    @Nullable
    Sink find(boolean patient) {
        update();
        long now = System.nanoTime();
        for (Candidate candidate : candidates) {
            Slf4jSink sink = candidate.sink(opener);
            if (sink != null) {
                return sink;
            }
            if (patient && now - candidate.since < SET_UP_TIMEOUT) {
                return null;
            }
        }
        return null;
    }

    private void update() {
        for (Iterator<Candidate> all = candidates.iterator(); all.hasNext(); ) {
            Candidate candidate = all.next();
            if (candidate.loader.refersTo(null)) {
                all.remove();
            }
        }
        for (Candidate next = loading.poll(); next != null; next = loading.poll()) {
            int at = 0;
            while (!next.lasting && at < candidates.size() && candidates.get(at).lasting) {
                at++;
            }
            candidates.add(at, next);
        }
    }
}
