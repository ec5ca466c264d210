package io.stallsight.it.catalog;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each class and method of the catalog exists in each JDK and library version that its entry covers. Without this test,
 * an upgrade that moves a method would disable a hook, and nobody would notice.
 */
class CatalogTest {

    private static final Path CATALOG = Path.of("../agent/src/main/resources/catalog");

    private static final Matrix MATRIX = new Matrix();

    @TestFactory
    Stream<DynamicContainer> eachClassAndMethod_existsInAllCoveredVersions() throws IOException {
        return files().stream()
                .map(file -> dynamicContainer(
                        file.fileName(),
                        file.claims().stream()
                                .map(claim -> dynamicTest(claim.toString(), () -> assertHolds(file, claim)))));
    }

    private static void assertHolds(CatalogFile file, Claim claim) {
        List<Release> releases = MATRIX.releasesFor(file, claim).stream()
                .filter(release -> claim.versions().contains(release.version()))
                .toList();
        if (releases.isEmpty()) {
            if (claim.isAboutJdk()) {
                abort("no JDK of " + claim.versions() + " on this machine");
            }
            fail("%s: %s: the matrix has none of these versions; add one to catalog-libs in the pom", file, claim);
        }
        List<String> problems = new ArrayList<>();
        for (Release release : releases) {
            claim.problemIn(release).ifPresent(problem -> problems.add(release + ": " + problem));
        }
        boolean holds = claim.optional() ? problems.size() < releases.size() : problems.isEmpty();
        assertThat(holds)
                .as(() -> file + ": " + claim + problems.stream().collect(joining("\n  ", "\n  ", "")))
                .isTrue();
    }

    @Test
    void index_namesEveryFile() throws IOException {
        List<String> index = Files.readAllLines(CATALOG.resolve("index.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();

        assertThat(index)
                .containsExactlyInAnyOrderElementsOf(
                        files().stream().map(CatalogFile::fileName).toList());
    }

    @Test
    void file_isNamedAfterItsLibrary() throws IOException {
        for (CatalogFile file : files()) {
            assertThat(file.fileName()).isEqualTo(file.library() + ".json");
            assertThat(file.content().getString("title")).as("title of " + file).isNotBlank();
            assertThat(file.content().getString("link")).as("link of " + file).startsWith("https://");
        }
    }

    @Test
    void allowRule_hasReasonLinkAndVersions() throws IOException {
        for (CatalogFile file : files()) {
            for (JsonObject rule : file.entries("allow")) {
                assertThat(rule.getString("reason"))
                        .as("reason in " + file + ": " + rule)
                        .isNotBlank();
                assertThat(rule.getString("link"))
                        .as("link in " + file + ": " + rule)
                        .startsWith("https://");
                if (!isJdk(file)) {
                    assertThat(rule.getString("versions"))
                            .as("versions in " + file + ": " + rule)
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void package_belongsToOneFile() throws IOException {
        List<String> packages = files().stream()
                .flatMap(file -> CatalogFile.strings(file.content(), "packages").stream())
                .toList();

        assertThat(packages).doesNotHaveDuplicates().allMatch(prefix -> prefix.matches("[\\w.]+(\\.\\*\\*|[A-Z]\\w*)"));
    }

    @Test
    void matrix_hasNoLibraryWithoutCatalog() throws IOException {
        assertThat(files().stream().map(CatalogFile::library).toList()).containsAll(MATRIX.libraries());
    }

    private static boolean isJdk(CatalogFile file) {
        return file.library().startsWith("jdk-")
                || file.library().equals("jdbc")
                || file.library().equals("lifecycle");
    }

    private static List<CatalogFile> files() throws IOException {
        List<CatalogFile> files = new ArrayList<>();
        for (Path path : Release.children(CATALOG)) {
            if (path.toString().endsWith(".json")) {
                files.add(CatalogFile.read(path));
            }
        }
        return files;
    }
}
