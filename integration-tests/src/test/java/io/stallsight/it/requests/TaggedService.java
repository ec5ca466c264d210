package io.stallsight.it.requests;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Maven;
import io.stallsight.it.harness.TestOutput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service on one framework that does what tagged requests want. Its {@link #transports} are the argument of its main
 * class.
 *
 * @param main in package {@code app.services}
 * @param routes the templates of {@code GET} with one variable and with two, and of {@code POST} with a body, as the
 *     framework writes them
 * @param places where its handlers hand work to
 */
public record TaggedService(
        String name, String main, List<Protocol> protocols, List<String> routes, List<String> places) {

    private static final Path PROJECTS = Path.of("src/test/tagged").toAbsolutePath();
    private static final Path SHARED = Path.of("src/test/java/app/tagged").toAbsolutePath();

    private static final List<Protocol> HTTP = List.of(Protocol.HTTP_1, Protocol.HTTP_2);

    static final TaggedService WEBFLUX = new TaggedService(
            "webflux",
            "WebFlux",
            HTTP,
            List.of("GET /orders/{order}", "GET /shops/{shop}/items/{item}", "POST /customers/{customer}/letters"),
            List.of("mapped", "parallel", "delay", "afterElastic", "async", "loop", "zip"));

    private static final TaggedService VERTX = new TaggedService(
            "vertx",
            "VertxWeb",
            HTTP,
            List.of("GET /orders/:order", "GET /shops/:shop/items/:item", "POST /customers/:customer/letters"),
            List.of("timer", "context", "otherLoop", "afterWorker", "afterPool", "async", "message"));

    private static final TaggedService GRPC = new TaggedService(
            "grpc",
            "GrpcJava",
            List.of(Protocol.GRPC),
            List.of("app.Shop/Order", "app.Shop/Item", "app.Shop/Letter"),
            List.of("loop", "timer", "async", "afterPool"));

    private static final TaggedService ARMERIA = new TaggedService(
            "armeria",
            "Armeria",
            HTTP,
            List.of("GET /orders/:order", "GET /shops/:shop/items/:item", "POST /customers/:customer/letters"),
            List.of("loop", "otherLoop", "timer", "afterBlocking", "async"));

    /** All of them. */
    public static final List<TaggedService> ALL = List.of(VERTX, WEBFLUX, GRPC, ARMERIA);

    /** Of Netty. */
    public static final List<String> TRANSPORTS = List.of("nio", "epoll");

    /** Targets of the projects that have been built, by name. */
    private static final Map<String, Path> BUILT = new HashMap<>();

    /** A JVM with the service and the agent. */
    ForkedJvm on(Jdk jdk, String transport) {
        ClassPath classPath = name.equals("webflux") ? ofThisModule() : built(jdk);
        return ForkedJvm.of(jdk, "app.services." + main, transport)
                .agent()
                .quietFramework()
                .classPath(classPath)
                .recording();
    }

    private static ClassPath ofThisModule() {
        return ClassPath.programs()
                .with("spring-", "micrometer-observation", "micrometer-commons", "commons-logging", "jspecify")
                .with("netty-", "reactor-", "reactive-streams", "opentelemetry-api", "opentelemetry-context")
                .with("opentelemetry-common", "h2-", "slf4j-api");
    }

    private ClassPath built(Jdk jdk) {
        Path target = BUILT.computeIfAbsent(name, any -> build(jdk));
        return new ClassPath(List.of(target.resolve("classes"), target.resolve("lib/*")));
    }

    private Path build(Jdk jdk) {
        Path directory = TestOutput.unique("tagged-" + name);
        Maven.copy(PROJECTS.resolve(name), directory);
        Maven.copy(SHARED, directory.resolve("src/main/java/app/tagged"));
        Maven.Run run = Maven.run(directory, jdk, Maven.repository(), List.of("-q", "package"));
        if (run.exitCode() != 0) {
            throw new AssertionError(run.describe());
        }
        return directory.resolve("target");
    }
}
