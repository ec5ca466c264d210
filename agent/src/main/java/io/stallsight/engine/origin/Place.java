package io.stallsight.engine.origin;

import io.stallsight.engine.catalog.rule.OriginRule;
import java.util.List;

/**
 * A folder or jar that classes come from, and what is known of its contents. Threads that load classes write the flags,
 * which only ever become true; any thread reads them.
 */
final class Place {

    private static final String JAR_END = ".jar";

    /** What the path of a place says about the code in it. */
    enum Kind {
        /** The service's own classes. */
        APPLICATION,
        /** A jar: of a library, of the service, or of both. */
        JAR,
        /** Classes that a tool makes, in the packages of others, or a place that says nothing. */
        NEUTRAL
    }

    final String location;
    final Kind kind;

    /** Whether it is the program that the JVM was started with. */
    volatile boolean main;

    /** Whether it has classes of catalogued libraries. */
    volatile boolean hasCatalogued;

    /** Whether it has other classes. */
    volatile boolean hasOthers;

    Place(String location, Kind kind, boolean main) {
        this.location = location;
        this.kind = kind;
        this.main = main;
    }

    /**
     * @param location the path of a URL, without its protocol
     * @param layouts the first that covers the location decides
     */
    static Place of(String location, List<OriginRule> layouts, MainProgram program) {
        boolean main = !program.jar().isEmpty() && location.equals(program.jar());
        return new Place(location, kind(location, layouts, program), main);
    }

    /** A module of a run-time image is like a jar. */
    static Place ofModule(String location) {
        return new Place(location, Kind.JAR, false);
    }

    private static Kind kind(String location, List<OriginRule> layouts, MainProgram program) {
        for (OriginRule layout : layouts) {
            if (covers(layout, location, program)) {
                return layout.holds() == OriginRule.Contents.APPLICATION ? Kind.APPLICATION : Kind.NEUTRAL;
            }
        }
        String path = location.endsWith("!/") ? location.substring(0, location.length() - 2) : location;
        if (path.endsWith(JAR_END) || path.endsWith(".war")) {
            return Kind.JAR;
        }
        return path.endsWith("/") && path.indexOf('!') < 0 ? Kind.APPLICATION : Kind.NEUTRAL;
    }

    private static boolean covers(OriginRule layout, String location, MainProgram program) {
        for (String path : layout.paths()) {
            if (layout.besides().isEmpty() ? location.contains(path) : isBesides(layout, path, location, program)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBesides(OriginRule layout, String path, String location, MainProgram program) {
        int at = program.folder().length();
        return program.jarName().equals(layout.besides())
                && location.startsWith(program.folder())
                && location.startsWith(path, at);
    }

    /** Whether it is a jar that has the service and its libraries, as build tools shade them. */
    boolean isFat() {
        return kind == Kind.JAR && main && hasCatalogued;
    }
}
