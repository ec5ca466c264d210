package io.stallsight.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import io.stallsight.engine.Bootstrap;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.config.ServedRequests;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the files in the jar. Whether their classes and methods exist is asked by the integration tests. */
class BuiltInCatalogTest {

    private static Path folder() throws URISyntaxException {
        return Path.of(BuiltInCatalogTest.class
                        .getResource("/catalog/index.txt")
                        .toURI())
                .getParent();
    }

    private static List<String> indexed() throws IOException, URISyntaxException {
        return Files.readAllLines(folder().resolve("index.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void index_namesEveryFileOnce() throws Exception {
        try (Stream<Path> files = Files.list(folder())) {
            Set<String> there = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .collect(Collectors.toSet());
            assertThat(indexed()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(there);
        }
    }

    /** But for their links, which only readers of the files need. */
    @Test
    void packedFiles_sayWhatTheFilesSay() throws Exception {
        List<String> names = new ArrayList<>();
        List<Object> packed = new ArrayList<>();
        PackedFiles.read(Files.readAllBytes(folder().resolve("packed")), (name, file) -> {
            names.add(name);
            packed.add(file);
        });
        List<Object> parsed = new ArrayList<>();
        for (String name : indexed()) {
            parsed.add(withoutLinks(JsonParser.object().from(Files.readString(folder().resolve(name)))));
        }

        assertThat(names).isEqualTo(indexed());
        assertThat(packed).isEqualTo(parsed);
    }

    private static Object withoutLinks(Object value) {
        if (value instanceof JsonObject object) {
            object.remove("link");
            object.replaceAll((key, each) -> withoutLinks(each));
        } else if (value instanceof JsonArray array) {
            array.replaceAll(BuiltInCatalogTest::withoutLinks);
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 21, 25})
    void everyFile_onEachJdk_isRead(int feature) throws Exception {
        for (String name : indexed()) {
            CatalogReader reader = new CatalogReader(feature);
            reader.read(Files.readString(folder().resolve(name)), name);
            Catalog catalog = reader.catalog();
            int entries = catalog.points().size()
                    + catalog.threads().size()
                    + catalog.frameRules().size()
                    + catalog.notLoops().size()
                    + catalog.names().size()
                    + catalog.libraryPackages().size()
                    + catalog.origins().size();
            assertThat(entries).as("entries of " + name).isPositive();
        }
    }

    /** As option {@code requests=off} does. */
    @Test
    void sectionThatIsLeftOut_hasNoPoints() {
        assertThat(TestCatalogs.builtIn(17).points()).anyMatch(BuiltInCatalogTest::isOfRequests);
        Catalog without = Bootstrap.catalog(null, ServedRequests.OFF);
        assertThat(without.points()).isNotEmpty().noneMatch(BuiltInCatalogTest::isOfRequests);
        assertThat(without.traces()).isEmpty();
    }

    private static boolean isOfRequests(Point point) {
        return point.type() == Point.Type.SERVE || point.type() == Point.Type.ROUTE;
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void ids_areDense(int feature) {
        Catalog catalog = TestCatalogs.builtIn(feature);
        for (int i = 0; i < catalog.points().size(); i++) {
            assertThat(catalog.points().get(i).id()).isEqualTo(i + 1);
            assertThat(catalog.point(i + 1)).isSameAs(catalog.points().get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void everyRule_hasAReason(int feature) {
        Catalog catalog = TestCatalogs.builtIn(feature);
        assertThat(catalog.frameRules())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.reason())
                        .as("reason of " + rule.frames())
                        .isNotBlank());
        assertThat(catalog.notLoops())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.reason())
                        .as("reason of " + rule.frames())
                        .isNotBlank());
        assertThat(catalog.threads())
                .isNotEmpty()
                .allSatisfy(rule ->
                        assertThat(rule.reason()).as("reason of " + rule).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void everyBlockingPoint_hasAKind(int feature) {
        List<String> without = TestCatalogs.builtIn(feature).points().stream()
                .filter(point -> point.type() == Point.Type.BLOCKING)
                .filter(point -> point.kind() == null)
                .map(Point::hook)
                .toList();
        assertThat(without).isEmpty();
    }

    @Test
    void everyThreadRule_tellsThreadsByClassOrName() {
        assertThat(TestCatalogs.builtIn(17).threads())
                .allSatisfy(rule -> assertThat(rule.className() == null && rule.name() == null)
                        .as(rule.toString())
                        .isFalse());
    }

    @Test
    void everyPredicate_isAMethodOfAThreadClass() {
        assertThat(TestCatalogs.builtIn(17).threads())
                .filteredOn(rule -> rule.role() != null && rule.role().predicate() != null)
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(rule.role().predicate()).matches("[\\w.$]+#\\w+(\\(java\\.lang\\.Thread\\))?");
                    assertThat(rule.className()).as("class of " + rule).isNotNull();
                });
    }

    @Test
    void aMethod_ofOneClass_hasOneHook_andOneAsAConnection() {
        for (int feature : new int[] {17, 25}) {
            Set<String> seen = new HashSet<>();
            List<String> twice = new ArrayList<>();
            Catalog catalog = TestCatalogs.builtIn(feature);
            for (Point point : catalog.points()) {
                boolean ofAClass = catalog.pointsOf(point.owner()).contains(point);
                String method = point.owner() + "#" + point.method().text();
                if (ofAClass && !seen.add(point.type().group() + " " + method)) {
                    twice.add(point.hook());
                }
            }
            assertThat(twice).isEmpty();
        }
    }

    @Test
    void entriesOfOtherJdks_areLeftOut() {
        assertThat(TestCatalogs.builtIn(17).pointsOf("java.lang.Thread"))
                .noneMatch(point -> point.method().text().equals("sleep(java.time.Duration)"));
        assertThat(TestCatalogs.builtIn(25).pointsOf("java.lang.Thread"))
                .anyMatch(point -> point.method().text().equals("sleep(java.time.Duration)"));
    }
}
