package io.stallsight.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.api.Kind;
import io.stallsight.engine.catalog.entry.ClassNames;
import io.stallsight.engine.catalog.entry.MethodPattern;
import io.stallsight.engine.catalog.point.Conditions;
import io.stallsight.engine.catalog.point.Operands;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.catalog.rule.NameRule;
import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.catalog.rule.RecordedThreadRule;
import io.stallsight.engine.catalog.rule.RoleRule;
import io.stallsight.engine.catalog.rule.Shape;
import io.stallsight.engine.catalog.rule.ThreadRule;
import io.stallsight.engine.catalog.rule.WorkerRule;
import io.stallsight.frame.FramePattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
        Point point = point("""
                {"blocking": [{"class": "A", "methods": "f", "scope": true, "strict": "inside"}]}
                """);
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

    /** A section and its {@code at} are called like the type of the point. */
    @ParameterizedTest
    @EnumSource(value = Point.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "POLICY")
    void sectionAndAt_nameTheTypeOfThePoint(Point.Type type) {
        String at = type.at() == null ? "" : "\"at\": \"" + type.at() + "\", ";
        String flag = type.flag() == null ? "" : "\"" + type.flag() + "\": true, ";
        String role = type == Point.Type.HOST ? "\"role\": \"MICROMETER\", " : "";
        assertThat(point("{\"%s\": [{%s%s%s\"class\": \"A\", \"methods\": \"f\"}]}"
                                .formatted(type.section(), at, flag, role))
                        .type())
                .isEqualTo(type);
        assertThat(type.name()).isIn(names(type.section(), type.at(), type.flag()));
    }

    /**
     * {@code QUEUE} is at "queue", {@code SELECTOR_CLOSE} in "selector" at "close", {@code LOOP_IDLE} a "loop" "idle".
     */
    private static List<String> names(String section, @Nullable String at, @Nullable String flag) {
        if (flag != null) {
            return List.of("SCOPE", "LOOP_IDLE", "COUNT_IDLE", "COUNT_UPPER_IDLE", "TAKE_IDLE", "ROUND_IDLE", "OFFER");
        }
        String last = (at == null ? section : at).toUpperCase(Locale.ROOT);
        return List.of(last, section.toUpperCase(Locale.ROOT) + "_" + last);
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
                 "threads": [{"class": "com.acme.Loop", "name": "acme-*", "predicate": "com.acme.P#q", "lent": "blocking", "working": "active", "blocks": true, "reason": "r"}],
                 "loopFrames": [{"frames": ["com.acme.Poller#poll"], "not": true, "reason": "polls"}],
                 "names": [{"class": "com.acme.Client", "methods": ["get"], "kind": "HTTP", "fix": "getAsync", "as": "Acme"}],
                 "callSiteClasses": ["com.acme.Sleeper"]}
                """);
        assertThat(catalog.libraryPackages()).containsExactly("com.acme.", "org.acme.");
        assertThat(catalog.threads())
                .containsExactly(new ThreadRule(
                        "com.acme.Loop",
                        "acme-*",
                        new RoleRule("com.acme.P#q", "blocking", "active"),
                        ThreadRule.Duty.MAY_BLOCK,
                        "r"));
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
                 "threads": [{"name": "new-*", "jdk": "21+"}], "loopFrames": [{"frames": "A#run", "jdk": "21+"}]}
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

    @Test
    void naming_hasCallBacksAndAbstractions() {
        Catalog catalog = TestCatalogs.of("""
                {"naming": [{"at": "callBack", "methods": ["run", "call"]}, {"at": "abstraction", "classes": ["A"]}]}
                """);
        assertThat(catalog.callBacks()).containsExactlyInAnyOrder("run", "call");
        assertThat(catalog.abstractions()).containsExactly("A");
    }

    @Test
    void thread_thatIsKnownInRecordings_isNoRuleForLiveThreads() {
        Catalog catalog = TestCatalogs.of("{\"threads\": [{\"name\": \"acme-*\", \"recorded\": true}]}");
        assertThat(catalog.threads()).isEmpty();
        assertThat(catalog.recordedThreads())
                .extracting(RecordedThreadRule::name)
                .containsExactly("acme-*");
    }

    @Test
    void pool_ofAWorker_isAWorkerRule() {
        Catalog catalog = TestCatalogs.of("""
                {"pools": [{"class": "P", "title": "pool", "queued": "queue.size"},
                           {"class": "W", "worker": true, "pool": "owner"}]}
                """);
        assertThat(catalog.pools())
                .containsExactly(new PoolRule("P", "pool", Map.of(PoolRule.Path.QUEUED, "queue.size")));
        assertThat(catalog.workers()).containsExactly(new WorkerRule("W", null, "owner", null));
    }
}
