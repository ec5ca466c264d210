package io.stallsight;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The package picture of docs/architecture.md. A rule that matches no class fails, so that a rename cannot disarm it.
 */
@AnalyzeClasses(packages = "io.stallsight", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ENTRY = "io.stallsight.agent..";
    private static final String API = "io.stallsight.api..";
    private static final String JUNIT = "io.stallsight.junit..";
    private static final String HOOK = "io.stallsight.hook..";
    private static final String ENGINE = "io.stallsight.engine..";

    /** Methods of {@link Thread} that are not final. */
    private static final Set<String> OVERRIDABLE = Set.of(
            "getId",
            "getState",
            "getStackTrace",
            "getUncaughtExceptionHandler",
            "isInterrupted",
            "toString",
            "equals",
            "hashCode");

    private static final String ADVICE = "io.stallsight.engine.advice..";
    private static final String INSTRUMENT = "io.stallsight.engine.instrument..";
    private static final String INLINE = "io.stallsight.engine.inline..";
    private static final String CATALOG = "io.stallsight.engine.catalog..";
    private static final String CHECK = "io.stallsight.engine.check..";
    private static final String CLI = "io.stallsight.engine.cli..";
    private static final String PICTURE = "io.stallsight.engine.picture..";
    private static final String JFR = "io.stallsight.engine.jfr..";
    private static final String EVENT = "io.stallsight.engine.event..";
    private static final String RECORDING = "io.stallsight.engine.recording..";
    private static final String PINNING = "io.stallsight.engine.pinning..";

    /**
     * The packages {@code io.stallsight.engine.<name>} that are not outputs. Any other name is taken for an output, so
     * an output that is not listed anywhere is guarded all the same.
     */
    private static final Set<String> INNER = Set.of(
            "config",
            "catalog",
            "advice",
            "instrument",
            "inline",
            "weavecache",
            "detect",
            "fact",
            "event",
            "loop",
            "stall",
            "contention",
            "deadlock",
            "pool",
            "connection",
            "watch",
            "lag",
            "pinning",
            "thread",
            "reflect",
            "memory",
            "origin",
            "stack",
            "finding",
            "picture",
            "recording",
            "check",
            "cli",
            "blockhound",
            "host");

    /** The packages {@code io.stallsight.engine.<name>} that each observe one subject from outside of the threads. */
    private static final Set<String> ROOMS =
            Set.of("loop", "stall", "contention", "deadlock", "pool", "connection", "pinning");

    private static final String FRAME = "io.stallsight.frame..";
    private static final String TEXT = "io.stallsight.text..";

    private static final String NULLNESS = "org.jspecify.annotations";

    // ---- the hooks: part of java.lang at run time, called from everywhere, at any time

    @ArchTest
    static final ArchRule hook_usesJavaBaseOnly = classes()
            .that()
            .resideInAPackage(HOOK)
            .should()
            .onlyDependOnClassesThat(resideInAPackage(HOOK).or(inModuleJavaBase()))
            .because("the hooks live in java.lang of the boot loader, which sees nothing else for certain");

    @ArchTest
    static final ArchRule hook_usesNothingThatCouldCallHooksOrInitializeTheWorld = noClasses()
            .that()
            .resideInAPackage(HOOK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.util.function..", "java.util.stream..", "java.lang.invoke..")
            .because("a hook runs inside class loading, I/O and lock code: file systems, lambdas and method handles "
                    + "initialize there and come back to the hook");

    @ArchTest
    static final ArchRule hook_classesHaveNoCycles = slices().assignedFrom(hookClasses())
            .should()
            .beFreeOfCycles()
            .because("state knows nobody, the hooks of a subject know the state and the subjects below");

    @ArchTest
    static final ArchRule hook_stateIsPrivateToItsOwner = fields().that()
            .areDeclaredInClassesThat(resideInAPackage(HOOK))
            .and()
            .areNotFinal()
            .and(not(isOfSpan()))
            .should()
            .bePrivate();

    @ArchTest
    static final ArchRule hook_guardIsRaisedInOnePlace = noClasses()
            .that()
            .resideInAPackage(HOOK)
            .and()
            .doNotHaveSimpleName("StallsightHook")
            .and()
            .doNotHaveSimpleName("StallsightThread")
            .should()
            .accessFieldWhere(describe(
                    "target is the re-entrancy guard",
                    access ->
                            access.getTarget().getFullName().equals("io.stallsight.hook.StallsightThread.agentWork")));

    /** The self-test and the command line have threads of their own only. */
    @ArchTest
    static final ArchRule threads_areAskedByNoMethodThatAnApplicationMayOverride = noClasses()
            .that(resideInAnyPackage(HOOK, ENGINE).and(not(resideInAnyPackage(CHECK, CLI))))
            .should()
            .callMethodWhere(describe(
                    "an application may override it (see ThreadFacts)",
                    call -> call.getTargetOwner().isAssignableTo(Thread.class)
                            && OVERRIDABLE.contains(call.getTarget().getName())));

    @ArchTest
    static final ArchRule threads_areKeysByIdentityOnly = fields().that()
            .areDeclaredInClassesThat(resideInAnyPackage(HOOK, ENGINE))
            .should(notBeComparedByEqualsOfThreads())
            .because("an application may override equals and hashCode of a thread: IdentityHashMap, or ThreadMap");

    @ArchTest
    static void hook_hasNoInvokedynamic(JavaClasses classes) throws IOException {
        List<String> found = new ArrayList<>();
        int methods = 0;
        for (JavaClass hook : classes.that(resideInAPackage(HOOK))) {
            methods += scanForInvokedynamic(hook, found);
        }
        assertThat(methods).as("methods scanned in " + HOOK).isPositive();
        assertThat(found)
                .as(
                        "invokedynamic in hook code (lambda, method reference, string concatenation, record, pattern switch):"
                                + " linking it runs Java code that meets the hook again")
                .isEmpty();
    }

    // ---- who may know which library

    @ArchTest
    static final ArchRule advice_usesHookAndByteBuddyAnnotationsOnly = classes()
            .that()
            .resideInAPackage(ADVICE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(ADVICE, HOOK, NULLNESS)
                    .or(inModuleJavaBase())
                    .or(byteBuddyAdvice()))
            .because("advice is inlined into other people's methods: what it mentions must resolve there");

    @ArchTest
    static final ArchRule byteBuddy_isKnownToWeavingAndCheckOnly =
            onlyIn("net.bytebuddy..", INSTRUMENT, INLINE, ADVICE, CHECK);

    @ArchTest
    static final ArchRule jdkFlightRecorder_isKnownToFewOnly = onlyIn("jdk.jfr..", JFR, EVENT, RECORDING, PINNING)
            .orShould()
            .haveNameMatching(".*\\.check\\.ExerciseJfr(\\$.*)?")
            .because("jfr registers the agent's events, event writes and reads each of them, recording reads files;"
                    + " pinning has no other source, as only the JVM sees a pinned virtual thread, and reports it as an"
                    + " event; an exercise of the self-test makes JFR record a stack");

    @ArchTest
    static final ArchRule picocli_isKnownToCliOnly = onlyIn("picocli..", CLI);

    @ArchTest
    static final ArchRule prometheus_isKnownToItsWayOutOnly =
            onlyIn("io.prometheus..", "io.stallsight.engine.metrics.prometheus..");

    @ArchTest
    static final ArchRule json_isKnownToFewOnly = onlyIn(
            "com.grack.nanojson..",
            CATALOG,
            PICTURE,
            CLI,
            "io.stallsight.engine.http..",
            "io.stallsight.engine.metrics.otlp..");

    @ArchTest
    static final ArchRule httpComponents_areKnownToHttpOnly = onlyIn("org.apache.hc..", "io.stallsight.engine.http..");

    @ArchTest
    static final ArchRule httpClient_isKnownToOtlpOnly =
            onlyIn("java.net.http..", "io.stallsight.engine.metrics.otlp..", CHECK);

    // ---- one direction, top to bottom

    @ArchTest
    static final ArchRule api_dependsOnJavaOnly = classes()
            .that()
            .resideInAPackage(API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", API, FRAME, TEXT, NULLNESS, "")
            .because("users compile against it");

    @ArchTest
    static final ArchRule toolbox_dependsOnJavaOnly = classes()
            .that()
            .resideInAnyPackage(FRAME, TEXT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", FRAME, TEXT, NULLNESS, "")
            .because("it is at the root of the jar for the API and once more behind the engine's loader");

    @ArchTest
    static final ArchRule junit_usesApiAndJUnitOnly = classes()
            .that()
            .resideInAPackage(JUNIT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", API, FRAME, TEXT, JUNIT, "org.junit..", NULLNESS, "")
            .because("it is on the application's class path, the engine is behind the isolated loader");

    @ArchTest
    static final ArchRule jUnit_isKnownToJunitOnly = onlyIn("org.junit..", JUNIT);

    @ArchTest
    static final ArchRule entry_isNotLinkedToTheEngine = noClasses()
            .that()
            .resideInAPackage(ENTRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, HOOK)
            .because("the entry classes are on the application's class path, the engine is behind the isolated loader");

    @ArchTest
    static final ArchRule outputs_doNotKnowEachOther =
            slices().assignedFrom(outputs()).should().notDependOnEachOther().because("each output can be left out");

    @ArchTest
    static final ArchRule inner_doesNotKnowOutputs = noClasses()
            .that(resideInAPackage(ENGINE).and(not(isOutput())).and(not(isComposition())))
            .should()
            .dependOnClassesThat(isOutput())
            .because("findings flow towards the outputs; only the composition root wires them");

    @ArchTest
    static final ArchRule rooms_doNotKnowEachOther = slices().assignedFrom(rooms())
            .should()
            .notDependOnEachOther()
            .because("each observes one subject; a tool that two of them need is in lag, reflect, stack or watch");

    @ArchTest
    static final ArchRule rooms_knowTheMiddleOnly = classes()
            .that(isRoom())
            .should()
            .onlyDependOnClassesThat(isRoom().or(resideInAnyPackage(
                            "java..",
                            "jdk.jfr..",
                            NULLNESS,
                            HOOK,
                            API,
                            FRAME,
                            TEXT,
                            CATALOG,
                            "io.stallsight.engine.detect..",
                            "io.stallsight.engine.fact..",
                            "io.stallsight.engine.lag..",
                            "io.stallsight.engine.memory..",
                            "io.stallsight.engine.reflect..",
                            "io.stallsight.engine.stack..",
                            "io.stallsight.engine.thread..",
                            "io.stallsight.engine.watch..",
                            "")
                    .or(ownRecordingOfPinning())))
            .because("a room reports facts and takes what it needs when it is built: it knows no output, no finding, no"
                    + " weaving and no configuration file");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.stallsight.(**)").should().beFreeOfCycles();

    // ---- words of the rules

    private static ClassesShouldConjunction onlyIn(String library, String... homes) {
        return classes()
                .that(resideInAPackage("io.stallsight..").and(dependOn(library)))
                .should()
                .resideInAnyPackage(homes);
    }

    private static DescribedPredicate<JavaClass> dependOn(String library) {
        DescribedPredicate<JavaClass> inLibrary = resideInAPackage(library);
        return describe(
                "depend on " + library,
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> inLibrary.test(dependency.getTargetClass())));
    }

    private static DescribedPredicate<JavaClass> inModuleJavaBase() {
        Module javaBase = Object.class.getModule();
        return describe("are public packages of module java.base", type -> {
            JavaClass element = type.getBaseComponentType();
            return element.isPrimitive()
                    || (element.getPackageName().startsWith("java.") && javaBase.isExported(element.getPackageName()));
        });
    }

    private static DescribedPredicate<JavaClass> byteBuddyAdvice() {
        // Assigner.Typing is the type of a default value in those annotations
        return describe(
                "are Byte Buddy's advice annotations",
                type -> type.getName().startsWith("net.bytebuddy.asm.Advice")
                        || type.getName().equals("net.bytebuddy.implementation.bytecode.assign.Assigner$Typing"));
    }

    private static ArchCondition<JavaField> notBeComparedByEqualsOfThreads() {
        return new ArchCondition<>("not be a map or set of threads that calls their equals") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                JavaClass type = field.getRawType();
                boolean compares = (type.isAssignableTo(Map.class) || type.isAssignableTo(Set.class))
                        && !type.isAssignableTo(IdentityHashMap.class);
                boolean ofThreads = field.getType() instanceof JavaParameterizedType parameterized
                        && parameterized
                                .getActualTypeArguments()
                                .get(0)
                                .toErasure()
                                .isAssignableTo(Thread.class);
                events.add(new SimpleConditionEvent(field, !(compares && ofThreads), field.getFullName()));
            }
        };
    }

    private static DescribedPredicate<JavaField> isOfSpan() {
        return describe(
                "the end of a span, which woven code writes",
                field -> field.getFullName().equals("io.stallsight.hook.StallsightSpan.over"));
    }

    /** A class of the hooks with the classes nested in it is one slice. */
    private static SliceAssignment hookClasses() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return resideInAPackage(HOOK).test(type)
                        ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the classes of the hooks";
            }
        };
    }

    private static DescribedPredicate<JavaClass> isRoom() {
        return describe("are rooms", type -> !roomName(type).isEmpty());
    }

    /** Only JFR sees pinned threads, so that room reads a recording of its own. */
    private static DescribedPredicate<JavaClass> ownRecordingOfPinning() {
        return describe(
                "are the agent's own recordings",
                type -> type.getName().startsWith("io.stallsight.engine.recording.OwnRecording"));
    }

    private static SliceAssignment rooms() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String room = roomName(type);
                return room.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(room);
            }

            @Override
            public String getDescription() {
                return "the rooms";
            }
        };
    }

    /** Name of the room that the class belongs to, empty if it belongs to none. */
    private static String roomName(JavaClass type) {
        String prefix = "io.stallsight.engine.";
        String name =
                type.getPackageName().startsWith(prefix) ? type.getPackageName().substring(prefix.length()) : "";
        return ROOMS.contains(name) ? name : "";
    }

    private static DescribedPredicate<JavaClass> isOutput() {
        return describe("are outputs", type -> !outputName(type).isEmpty());
    }

    private static DescribedPredicate<JavaClass> isComposition() {
        return resideInAnyPackage("io.stallsight.engine", CLI, CHECK).as("wire the engine");
    }

    private static SliceAssignment outputs() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String output = outputName(type);
                return output.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(output);
            }

            @Override
            public String getDescription() {
                return "the outputs of the engine";
            }
        };
    }

    /** Name of the output that the class belongs to, empty if it belongs to none. */
    private static String outputName(JavaClass type) {
        String prefix = "io.stallsight.engine.";
        if (!type.getPackageName().startsWith(prefix)) {
            return "";
        }
        String name = type.getPackageName().substring(prefix.length()).split("\\.", 2)[0];
        return INNER.contains(name) ? "" : name;
    }

    /** Adds each invokedynamic of the class to {@code found}; returns how many methods were read. */
    private static int scanForInvokedynamic(JavaClass type, List<String> found) throws IOException {
        int[] methods = {0};
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            new ClassReader(in)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access,
                                        String method,
                                        String descriptor,
                                        String signature,
                                        String[] thrown) {
                                    methods[0]++;
                                    return new MethodVisitor(Opcodes.ASM9) {
                                        @Override
                                        public void visitInvokeDynamicInsn(
                                                String name, String desc, Handle bootstrap, Object... arguments) {
                                            found.add(
                                                    type.getSimpleName() + "." + method + ": " + bootstrap.getOwner());
                                        }
                                    };
                                }
                            },
                            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        return methods[0];
    }
}
