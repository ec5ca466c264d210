package io.stallsight.it.blockhound;

import static org.assertj.core.api.Assertions.assertThat;

import app.blockhound.FatService;
import app.blockhound.WithoutBlockHound;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.CompiledModule;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** BlockHound and its integrations outside of the class path. */
class LoadersIT {

    private static final String CALLBACK = "CALLBACK java.lang.Thread.sleep";

    @EachJdk
    void fatJar_withBlockHoundAndIntegrations_applies(Jdk jdk) {
        Path jar = FatJar.of(
                FatService.class, nested().with("blockhound-1", "reactor-core", "reactive-streams", "jspecify"));

        Outcome outcome =
                ForkedJvm.of(jdk, "fat-jar").jar(jar).agent().run().healthy().silent();

        assertThat(outcome.stdout())
                .containsExactly(
                        "LOADERS org.springframework.boot.loader.launch.LaunchedClassLoader truetrue",
                        "THREAD of-reactor",
                        CALLBACK,
                        "THREAD of-the-shop",
                        CALLBACK,
                        "THREAD of-neither",
                        "DONE");
    }

    @EachJdk
    void fatJar_withIntegrationAndWithoutBlockHound_applies(Jdk jdk) {
        Path jar = FatJar.of(WithoutBlockHound.class, nested().with("reactor-core", "reactive-streams", "jspecify"));

        IntegrationsIT.check(
                ForkedJvm.of(jdk, "fat-jar").jar(jar).agent().recording().run().healthy());
    }

    @EachJdk
    void modulePath_installInAModule_isTakenOver(Jdk jdk) {
        Path blockHound = blockHound();
        Path module =
                CompiledModule.of("module shop { requires reactor.blockhound; }", "shop/Main.java", """
                package shop;

                import reactor.blockhound.BlockHound;

                public class Main {
                    public static void main(String[] args) throws Exception {
                        System.out.println(Main.class.getModule() + " " + BlockHound.class.getModule());
                        BlockHound.builder()
                                .nonBlockingThreadPredicate(before -> before.or(thread -> thread.getName().equals("loop")))
                                .blockingMethodCallback(method -> System.out.println("CALLBACK " + method))
                                .install();
                        Thread loop = new Thread(Main::block, "loop");
                        loop.start();
                        loop.join();
                    }

                    private static void block() {
                        try {
                            Thread.sleep(5);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }
                """, blockHound);

        Outcome outcome = ForkedJvm.of(jdk, "module-path")
                .module(module + File.pathSeparator + blockHound, "shop/shop.Main")
                .agent()
                .run()
                .healthy()
                .silent();

        assertThat(outcome.stdout()).containsExactly("module shop module reactor.blockhound", CALLBACK);
    }

    @EachJdk
    void twoCopies_eachReceivesCallsOfItsOwnThreads(Jdk jdk) {
        List<String> classPath = new ArrayList<>();
        ClassPath.programs().with("blockhound-1").entries().forEach(entry -> classPath.add(entry.toString()));

        Outcome outcome = ForkedJvm.of(jdk, "app.blockhound.TwoCopies", classPath.toArray(new String[0]))
                .agent()
                .run()
                .healthy()
                .silent();

        assertThat(outcome.stdout())
                .containsExactly(
                        "CALLBACK first java.lang.Thread.sleep", "CALLBACK second java.lang.Thread.sleep", "DONE");
    }

    private static ClassPath nested() {
        return new ClassPath(List.of(FatJar.integration("app.blockhound.ShopIntegration")));
    }

    private static Path blockHound() {
        return new ClassPath(List.of()).with("blockhound-1").entries().get(0);
    }
}
