package io.stallsight.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.frame.FramePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an entry of a catalog file means. What is said of a wrong file: {@link CatalogReaderMessagesTest}. */
class CatalogReaderTest {

    private static Point point(String json) {
        Catalog catalog = TestCatalogs.of(json);
        assertThat(catalog.points()).hasSize(1);
        return catalog.point(1);
    }

    @Test
    void blocking_withEverything_isAPoint() {
        Point point = point("""
                {"library": "acme", "blocking": [{"class": "com.acme.net.Wire", "methods": ["send(byte[])"],
                  "kind": "SOCKET", "api": "AcmeWire", "doing": "wire send", "subject": "arg0", "reason": "waits"}]}
                """);
        assertThat(point.id()).isEqualTo(1);
        assertThat(point.library()).isEqualTo("acme");
        assertThat(point.type()).isEqualTo(Point.Type.BLOCKING);
        assertThat(point.owner()).isEqualTo("com.acme.net.Wire");
        assertThat(point.method()).isEqualTo(MethodPattern.parse("send(byte[])"));
        assertThat(point.kind()).isEqualTo(Kind.SOCKET);
        assertThat(point.doing()).isEqualTo("wire send");
        assertThat(point.subject()).isZero();
        assertThat(point.hook()).isEqualTo("com.acme.net.Wire#send");
        assertThat(point.apiName()).isEqualTo("AcmeWire.send");
    }

    @Test
    void blocking_withoutTheRest_isNamedAfterItsFileAndClass() {
        Point point = point("{\"blocking\": [{\"class\": \"com.acme.Net$Wire\", \"methods\": \"send\"}]}");
        assertThat(point.library()).isEqualTo("test.json");
        assertThat(point.apiName()).isEqualTo("Wire.send");
        assertThat(point.kind()).isNull();
        assertThat(point.subject()).isEqualTo(Operands.NO_SUBJECT);
        assertThat(point.is(Conditions.Flag.ONLY_IN_BLOCKING_MODE)).isFalse();
        assertThat(point.mustExist()).isTrue();
    }

    @Test
    void subject_this_isTheReceiver() {
        assertThat(point("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"subject\": \"this\"}]}")
                        .subject())
                .isEqualTo(Operands.RECEIVER);
    }

    @Test
    void when_blockingMode_isOnlyInBlockingMode() {
        assertThat(point("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"when\": \"blocking-mode\"}]}")
                        .is(Conditions.Flag.ONLY_IN_BLOCKING_MODE))
                .isTrue();
    }

    @Test
    void strict_inside_refusesInside() {
        Point point = point("{\"scopes\": [{\"class\": \"A\", \"methods\": \"f\", \"strict\": \"inside\"}]}");
        assertThat(point.type()).isEqualTo(Point.Type.SCOPE);
        assertThat(point.is(Conditions.Flag.REFUSE_INSIDE)).isTrue();
    }

    @Test
    void optional_orOfSomeVersions_needNotExist() {
        assertThat(point("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"optional\": true}]}")
                        .mustExist())
                .isFalse();
        assertThat(point("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"versions\": \"4.2+\"}]}")
                        .mustExist())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "blocking, BLOCKING",
        "scopes, SCOPE",
        "idle, IDLE",
        "select, SELECT",
        "selectorClose, SELECTOR_CLOSE",
        "threadStart, THREAD_START",
        "threadEnd, THREAD_END"
    })
    void section_tellsTheTypeOfItsPoints(String section, Point.Type type) {
        assertThat(point("{\"" + section + "\": [{\"class\": \"A\", \"methods\": [\"f\"]}]}")
                        .type())
                .isEqualTo(type);
    }

    @Test
    void idle_withLoop_isALoopsPoint() {
        assertThat(point("{\"idle\": [{\"class\": \"A\", \"methods\": \"f\", \"loop\": true}]}")
                        .type())
                .isEqualTo(Point.Type.LOOP_IDLE);
    }

    @Test
    void methods_eachIsAPointOfItsClass() {
        Catalog catalog =
                TestCatalogs.of("{\"blocking\": [{\"class\": \"com.acme.Wire\", \"methods\": [\"f\", \"g()\"]}]}");
        assertThat(catalog.pointsOf("com.acme.Wire"))
                .isEqualTo(catalog.points())
                .hasSize(2);
        assertThat(catalog.pointsOf("com.acme.Other")).isEmpty();
    }

    @Test
    void entry_ofAnotherJdk_isLeftOut() {
        Catalog catalog = TestCatalogs.of("""
                {"blocking": [{"class": "A", "methods": "f", "jdk": "18+"}, {"class": "B", "methods": "f", "jdk": "17"}],
                 "allow": [{"frames": "C", "jdk": "18+"}, {"frames": "D", "jdk": "11-17"}]}
                """);
        assertThat(catalog.points()).extracting(Point::owner).containsExactly("B");
        assertThat(catalog.point(1).owner()).isEqualTo("B");
        assertThat(catalog.frameRules()).extracting(FrameRule::frames).containsExactly(FramePattern.parse("D"));
    }

    @Test
    void shape_hasPointsThatAreOfNoClass() {
        Catalog catalog = TestCatalogs.of("""
                {"shapes": [{"api": "Query", "declares": ["run() -> com.acme.Rows"], "methods": ["run()", "close()"],
                  "scope": true, "kind": "JDBC", "marker": "com/acme/"}]}
                """);
        Shape shape = catalog.shapes().get(0);
        assertThat(shape.marker()).isEqualTo("com/acme/");
        assertThat(shape.points()).isEqualTo(catalog.points()).hasSize(2);
        assertThat(shape.points().get(0).apiName()).isEqualTo("Query.run");
        assertThat(shape.points().get(0).type()).isEqualTo(Point.Type.SCOPE);
        assertThat(catalog.pointsOf("Query")).isEmpty();
    }

    @Test
    void allowAndDisallow_areRulesOfFrames() {
        Catalog catalog = TestCatalogs.of("""
                {"library": "acme",
                 "allow": [{"frames": ["com.acme.A#f", "com.acme.b.**"], "direct": true, "reason": "once"}],
                 "disallow": [{"frames": "com.acme.C", "strictOnly": true}]}
                """);
        assertThat(catalog.frameRules())
                .containsExactly(
                        FrameRule.allow(FramePattern.parse("com.acme.A#f"), "once", "acme")
                                .with(FrameRule.Trait.DIRECT),
                        FrameRule.allow(FramePattern.parse("com.acme.b.**"), "once", "acme")
                                .with(FrameRule.Trait.DIRECT),
                        FrameRule.disallow(FramePattern.parse("com.acme.C"), "", "acme")
                                .with(FrameRule.Trait.STRICT_ONLY));
    }

    @Test
    void theOtherSections_areReadAsTheyAre() {
        Catalog catalog = TestCatalogs.of("""
                {"packages": ["com.acme.**", "org.acme."],
                 "threads": [{"class": "com.acme.Loop", "name": "acme-*", "predicate": "com.acme.P#q", "blocks": true, "reason": "r"}],
                 "notLoops": [{"frames": ["com.acme.Poller#poll"], "reason": "polls"}],
                 "names": [{"class": "com.acme.Client", "methods": ["get"], "kind": "HTTP", "fix": "getAsync", "as": "Acme"}],
                 "callSiteClasses": ["com.acme.Sleeper"]}
                """);
        assertThat(catalog.libraryPackages()).containsExactly("com.acme.", "org.acme.");
        assertThat(catalog.threads())
                .containsExactly(new ThreadRule("com.acme.Loop", "acme-*", "com.acme.P#q", true, "r"));
        assertThat(catalog.notLoops())
                .extracting(FrameRule::frames)
                .containsExactly(FramePattern.parse("com.acme.Poller#poll"));
        assertThat(catalog.names())
                .containsExactly(new NameRule("com.acme.Client", "get", Kind.HTTP, "getAsync", "Acme"));
        assertThat(catalog.callSiteClasses()).containsExactly("com.acme.Sleeper");
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.Thread, Thread",
        "java.net.Socket$SocketInputStream, SocketInputStream",
        "scala.concurrent.Await$, Await",
        "com.acme.Outer$Inner$, Inner",
        "Main, Main"
    })
    void simpleName_isTheClassAsPeopleCallIt(String className, String simpleName) {
        assertThat(ClassNames.simple(className)).isEqualTo(simpleName);
    }

    /** The tests' catalogs are read for JDK 17. */
    @Test
    void entryOfAnySection_aboutAnotherJdk_isLeftOut() {
        Catalog catalog = TestCatalogs.of("""
                {"names": [{"class": "A", "methods": ["f"], "jdk": "21+"}, {"class": "A", "methods": ["g"], "jdk": "17-20"}],
                 "threads": [{"name": "new-*", "jdk": "21+"}], "loops": [{"frames": "A#run", "jdk": "21+"}]}
                """);
        assertThat(catalog.names()).extracting(NameRule::method).containsExactly("g");
        assertThat(catalog.threads()).isEmpty();
        assertThat(catalog.loops()).isEmpty();
    }

    @Test
    void collector_withoutPauses_isConcurrent() {
        Catalog catalog = TestCatalogs.of(
                "{\"collectors\": [{\"name\": \"* Cycles\", \"pauses\": false}, {\"name\": \"* Pauses\"}]}");
        assertThat(catalog.concurrentCollectors())
                .anyMatch(glob -> glob.matches("ZGC Cycles"))
                .noneMatch(glob -> glob.matches("ZGC Pauses"));
    }
}
