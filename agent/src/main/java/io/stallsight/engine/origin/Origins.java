package io.stallsight.engine.origin;

import io.stallsight.engine.catalog.rule.OriginRule;
import io.stallsight.engine.memory.BoundedMap;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose code a class is, by the place that it was loaded from.
 *
 * <p><b>Problem.</b> A list of library names is never complete: a serializer that nobody has listed looks like the
 * service. The place of a class is better evidence, but a frame has only the name of its class, and the question comes
 * on a thread that must not wait.
 *
 * <p><b>Algorithm.</b> The JVM shows each class to the agent while it loads it, with its code source. {@link #loading}
 * notes the place of each <em>package</em>: a package rarely has two places, and if it has, the classes of the later
 * one are noted one by one. {@link #of} decides at the moment of the question, since only the running program shows
 * which places are the service's:
 *
 * <ol>
 *   <li>Folders are the service's (the output of its build), and so are the places that the catalog names, such as
 *       {@code BOOT-INF/classes}. Tools write classes in packages of libraries there as well: if a folder has both, a
 *       catalogued name is a library.
 *   <li>The jar with the main class is the service's. If it has catalogued libraries too, it is a fat jar, and of it
 *       only the packages that begin like that of the main class are the service's.
 *   <li>Any other jar is a library, unless its packages begin like those of the service: modules of one build.
 *   <li>If no place of the service is known, places say nothing, and the name of the class decides.
 * </ol>
 *
 * <p><b>Invariants.</b> {@link #loading} runs inside of class loads: it reads fields of JDK classes, calls nothing that
 * the application can override, waits for nothing, and links no invokedynamic. No class, loader or code source is kept:
 * only names.
 *
 * <p><b>Given up.</b> Two classes of one name in two loaders count as one. A jar of the service with packages that
 * begin otherwise than the main class is taken for a library; option {@code packages} says otherwise. Thread-safe.
 */
public final class Origins {

    private static final int MAX_PACKAGES = 10_000;
    private static final int MAX_PLACES = 5_000;

    /** Classes of packages with several places. */
    private static final int MAX_CLASSES = 10_000;

    private static final int MAX_ROOTS = 200;

    /** Of these, the path of a URL names the place. OSGi's bundles for example differ in the host only. */
    private static final Set<String> PROTOCOLS = Set.of("file", "jar", "jrt", "nested", "war", "wsjar", "vfs", "zip");

    /** A package, where it was seen first. */
    private static final class Home {
        final Place place;

        /** The names that the catalog has are starts of package names, so one look-up serves all classes. */
        final boolean catalogued;

        /** Whether some of its classes come from elsewhere. */
        volatile boolean split;

        Home(Place place, boolean catalogued) {
            this.place = place;
            this.catalogued = catalogued;
        }
    }

    private final List<OriginRule> layouts;
    private final MainProgram program;
    private final Predicate<String> catalogued;
    private final BoundedMap<String, Home> packages = new BoundedMap<>(MAX_PACKAGES);
    private final BoundedMap<String, Place> strays = new BoundedMap<>(MAX_CLASSES);
    private final BoundedMap<String, Place> places = new BoundedMap<>(MAX_PLACES);

    /** Roots of packages that are the service's for sure. */
    private final Set<String> roots = ConcurrentHashMap.newKeySet();

    /**
     * @param layouts places that the catalog knows
     * @param catalogued whether a class name is that of a catalogued library or of the JDK
     */
    public Origins(List<OriginRule> layouts, MainProgram program, Predicate<String> catalogued) {
        this.layouts = List.copyOf(layouts);
        this.program = program;
        this.catalogued = catalogued;
        String mainClass = program.mainClass();
        if (!mainClass.isEmpty() && !catalogued.test(mainClass)) {
            addRoot(packageOf(mainClass));
        }
    }

    /**
     * Notes classes that are loaded already. Called once before {@link #loading}, so that all classes that it needs are
     * loaded.
     */
    public void loaded(Class<?>[] classes) {
        addRoot(packageOf(""));
        PackageRoot.of("");
        for (Class<?> loaded : classes) {
            if (loaded.getClassLoader() != null && !loaded.isArray() && !loaded.isHidden()) {
                loading(loaded.getName(), loaded.getProtectionDomain());
            }
        }
    }

    /** The JVM loads a class; called on the loading thread. */
    public void loading(String className, @Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        URL url = source == null ? null : source.getLocation();
        if (url == null || !PROTOCOLS.contains(url.getProtocol())) {
            return;
        }
        String location = url.getFile();
        String packageName = packageOf(className);
        Home home = packages.get(packageName);
        if (home != null && home.place.location.equals(location)) {
            noteMain(className, home.place);
            return;
        }
        Place place = places.get(location);
        if (place == null) {
            boolean module = url.getProtocol().equals("jrt");
            place = places.putIfAbsent(
                    location, module ? Place.ofModule(location) : Place.of(location, layouts, program));
        }
        if (place.kind == Place.Kind.NEUTRAL) {
            return;
        }
        noteMain(className, place);
        if (home == null) {
            home = packages.putIfAbsent(packageName, new Home(place, catalogued.test(className)));
        }
        noteContents(packageName, home.catalogued, place);
        if (home.place.kind != place.kind || home.place.main != place.main) {
            home.split = true;
            strays.putIfAbsent(className, place);
        }
    }

    private void noteMain(String className, Place place) {
        if (!place.main && className.equals(program.mainClass())) {
            place.main = true;
        }
    }

    private void noteContents(String packageName, boolean isCatalogued, Place place) {
        if (isCatalogued) {
            place.hasCatalogued = true;
            return;
        }
        place.hasOthers = true;
        if (place.kind == Place.Kind.APPLICATION) {
            addRoot(packageName);
        }
    }

    private void addRoot(String packageName) {
        if (!packageName.isEmpty() && roots.size() < MAX_ROOTS) {
            roots.add(PackageRoot.of(packageName));
        }
    }

    /** Whose code the class is, so far as is known at this moment. */
    public Origin of(String className) {
        String packageName = packageOf(className);
        Home home = packages.get(packageName);
        if (home == null) {
            return Origin.UNKNOWN;
        }
        Place stray = home.split ? strays.get(className) : null;
        Place place = stray == null ? home.place : stray;
        if (place.kind == Place.Kind.APPLICATION) {
            return home.catalogued && place.hasOthers ? Origin.LIBRARY : Origin.APPLICATION;
        }
        if (home.catalogued) {
            return Origin.LIBRARY;
        }
        if (place.main && !place.isFat()) {
            return Origin.APPLICATION;
        }
        if (roots.isEmpty()) {
            return Origin.UNKNOWN;
        }
        return roots.contains(PackageRoot.of(packageName)) ? Origin.APPLICATION : Origin.LIBRARY;
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
