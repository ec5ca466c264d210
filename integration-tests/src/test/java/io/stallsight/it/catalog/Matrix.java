package io.stallsight.it.catalog;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The releases that the catalog is compared with: the JDKs on this machine, and the libraries that the build copied.
 */
final class Matrix {

    private static final Path LIBRARIES = Path.of("target/catalog-libs");

    private final List<Release> jdks = new ArrayList<>();
    private final Map<String, List<Release>> libraries = new TreeMap<>();

    Matrix() {
        try {
            for (Jdk jdk : Jdks.found()) {
                jdks.add(Release.ofJdk(jdk.feature(), jdk.home()));
            }
            if (Files.isDirectory(LIBRARIES)) {
                for (Path library : Release.children(LIBRARIES)) {
                    String name = library.getFileName().toString();
                    for (Path version : Release.children(library)) {
                        libraries
                                .computeIfAbsent(name, key -> new ArrayList<>())
                                .add(Release.ofJars(name, version));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Release> releasesFor(CatalogFile file, Claim claim) {
        return claim.isAboutJdk() ? jdks : libraries.getOrDefault(file.library(), List.of());
    }

    Iterable<String> libraries() {
        return libraries.keySet();
    }
}
