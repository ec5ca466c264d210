package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolNameTest {

    @ParameterizedTest
    @CsvSource({
        "pool-3-thread-12, pool-3-thread-#",
        "http-nio-8080-exec-10, http-nio-8080-exec-#",
        "boundedElastic-1, boundedElastic-#",
        "XNIO-1 task-3, XNIO-1 task-#",
        "ForkJoinPool.commonPool-worker-1, ForkJoinPool.commonPool-worker-#",
        "worker-7-of-orders, worker-#-of-orders",
        "qtp1768069354-17, qtp#-#",
        "Scheduler-1824801287-1, Scheduler-#-#",
        "shop-7f3a9c1e-worker-2, shop-#-worker-#",
        "batch-20261129, batch-#",
        "mailer, mailer"
    })
    void name_isThatOfAThread_withItsLastNumberFolded(String thread, String pool) {
        assertThat(PoolName.of(thread)).isEqualTo(pool);
    }

    @Test
    void name_ofSomeRenamedThreads_isWhatMostOfThemHave() {
        assertThat(PoolName.of(List.of(new Thread("GET /orders/17"), new Thread("exec-2"), new Thread("exec-3"))))
                .isEqualTo("exec-#");
    }
}
