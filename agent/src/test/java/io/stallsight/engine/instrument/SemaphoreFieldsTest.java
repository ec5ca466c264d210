package io.stallsight.engine.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.stack.LimitNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class SemaphoreFieldsTest {

    private static final Semaphore SHARED = new Semaphore(1);

    private final Semaphore own = new Semaphore(2, true);

    @Test
    void semaphoreThatIsAssignedToAField_isKnownByItsName() throws IOException {
        Map<Integer, String> byLine = SemaphoreFields.read(ownClassFile());

        assertThat(byLine.values()).containsExactlyInAnyOrder("SHARED", "own");
        assertThat(SHARED.availablePermits() + own.availablePermits()).isEqualTo(3);
    }

    @Test
    void semaphoreWithoutAField_isNot() throws IOException {
        Semaphore local = new Semaphore(3);
        StackTraceElement here = new Throwable().getStackTrace()[0];
        assertThat(local.availablePermits()).isEqualTo(3);

        assertThat(SemaphoreFields.read(ownClassFile())).doesNotContainKey(here.getLineNumber() - 1);
    }

    @Test
    void name_isThatOfTheField_elseTheLine() {
        LimitNames names = new LimitNames();
        names.loading("com.shop.Orders$Service", Map.of(31, "permits"));

        assertThat(names.of(new StackTraceElement("com.shop.Orders$Service", "<init>", "Orders.java", 31)))
                .isEqualTo("semaphore Service.permits");
        assertThat(names.of(new StackTraceElement("com.shop.Orders", "find", "Orders.java", 70)))
                .isEqualTo("semaphore Orders.java:70");
    }

    private static byte[] ownClassFile() throws IOException {
        try (InputStream in = SemaphoreFieldsTest.class.getResourceAsStream("SemaphoreFieldsTest.class")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
