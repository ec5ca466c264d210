package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.detect.TestDetectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is to blame for a virtual thread that keeps its carrier. */
class PinsTest {

    private static final String NATIVE = "Native or VM frame on stack";

    private static boolean isNobodys(String reason, String... stack) {
        return TestDetectors.detection(TestCatalogs.builtIn(21))
                .stacks()
                .isNobodysPin(List.of(io.stallsight.testing.Stacks.array(stack)), reason);
    }

    @Test
    void waitThatTheApplicationMakes_isItsOwn() {
        assertThat(isNobodys("Monitor held", "java.lang.VirtualThread.park", "com.acme.Orders.find"))
                .isFalse();
    }

    @Test
    void anotherThreadInitialisesTheClass_isNobodys() {
        assertThat(isNobodys("Waited for initialization of com.acme.Json by another thread", "com.acme.Orders.find"))
                .isTrue();
    }

    @Test
    void criticalSectionOfTheJvm_isNobodys() {
        assertThat(isNobodys("Freeze or preempt failed (2)", "com.acme.Orders.find"))
                .as("the JVM loads the class that this line uses")
                .isTrue();
        assertThat(isNobodys("Freeze or preempt failed (4)", "com.acme.Orders.find"))
                .isFalse();
    }

    @Test
    void classLoadingThatQueuesForALock_isNobodys() {
        assertThat(isNobodys(
                        NATIVE,
                        "java.lang.VirtualThread.park",
                        "org.jboss.modules.ModuleClassLoader.loadClass",
                        "com.acme.Orders.find"))
                .isTrue();
    }

    @Test
    void staticInitialiserOfALibrary_isNobodys() {
        assertThat(isNobodys(
                        NATIVE,
                        "java.lang.VirtualThread.park",
                        "io.netty.util.NetUtil.<clinit>",
                        "com.acme.Orders.find"))
                .isTrue();
    }

    @Test
    void staticInitialiserOfTheApplicationThatWaits_isItsOwn() {
        assertThat(isNobodys(
                        NATIVE, "java.lang.VirtualThread.sleepNanos", "com.acme.Plugin.<clinit>", "com.acme.Main.run"))
                .isFalse();
    }
}
