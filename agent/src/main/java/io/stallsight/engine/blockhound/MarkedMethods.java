package io.stallsight.engine.blockhound;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.instrument.HookTable;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The methods that an application or an integration marks as blocking, besides BlockHound's own set. They become
 * blocking points of the catalog, so that their calls are reported on all non-blocking threads. Thread-safe.
 */
public final class MarkedMethods {

    /** The library of all points that this package adds to the catalog. */
    static final String LIBRARY = "blockhound";

    private final Catalog catalog;
    private final Consumer<String> warnings;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** @param warnings receives one line for each method whose class no loader has */
    MarkedMethods(Catalog catalog, Consumer<String> warnings) {
        this.catalog = catalog;
        this.warnings = warnings;
    }

    /**
     * Adds a blocking point for each marked method that the catalog does not know.
     *
     * @param loader the loader of the builder
     * @return the points, which the caller must weave
     */
    List<Point> addPoints(BuilderContents contents, BuilderContents defaults, @Nullable ClassLoader loader) {
        Map<String, BlockHoundMethod> marked = contents.methods();
        marked.keySet().removeAll(defaults.methods().keySet());
        List<Point> points = new ArrayList<>();
        for (BlockHoundMethod method : marked.values()) {
            if (!isBlockingInCatalog(method)) {
                points.add(
                        catalog.add(LIBRARY, Point.Type.BLOCKING, method.className(), method.pattern(), Kind.MARKED));
            }
        }
        warnOfMissingClasses(points, loader);
        return points;
    }

    private boolean isBlockingInCatalog(BlockHoundMethod method) {
        for (Point point : catalog.pointsOf(method.className())) {
            if (point.type().group() == Point.Type.BLOCKING.group()
                    && point.method().matches(method.name(), method.descriptor())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the point is one of a marked method. */
    public static boolean isMarked(Point point) {
        return point.library().equals(LIBRARY);
    }

    /** Says in one line that the hook of a marked method did not take. */
    public static String describe(HookTable.Row hole) {
        return "BlockHound marks " + method(hole.point()) + " as blocking, but Stallsight cannot observe calls of it: "
                + hole.problem();
    }

    private static String method(Point point) {
        return point.owner() + "." + point.method().text();
    }

    /** Warns at once of classes that no loader has: the hook table would wait for them forever. */
    private void warnOfMissingClasses(List<Point> points, @Nullable ClassLoader loader) {
        for (Point point : points) {
            String resource = point.owner().replace('.', '/') + ".class";
            URL found = loader == null ? null : loader.getResource(resource);
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            if (found == null && (context == null || context.getResource(resource) == null)) {
                if (warned.add(method(point))) {
                    warnings.accept(
                            describe(new HookTable.Row(point, HookStatus.State.MISSING, "there is no such class")));
                }
            }
        }
    }
}
