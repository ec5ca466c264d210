package app.blockhound;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs tests of a Reactor application with JUnit's launcher. */
public final class UnderJUnit {

    /** The tests, which know nothing of BlockHound. */
    static class Cases {

        @Test
        void sleeps() {
            Mono.fromRunnable(Cases::sleep).subscribeOn(Schedulers.parallel()).block();
        }

        @Test
        void delays() {
            Mono.delay(Duration.ofMillis(1)).block();
        }

        private static void sleep() {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private UnderJUnit() {}

    public static void main(String[] args) {
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(Cases.class))
                        .build(),
                new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        if (test.isTest()) {
                            String failure = result.getThrowable()
                                    .map(error -> " " + error)
                                    .orElse("");
                            String status = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL
                                    ? "SUCCEEDED"
                                    : "FAILED";
                            System.out.println(status + " " + test.getDisplayName() + failure);
                        }
                    }
                });
        Schedulers.shutdownNow();
    }
}
