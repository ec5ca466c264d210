package com.shop;

import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.api.Test;

@FailOnBlocking
class OneTest extends EndTogether {

    @Test
    void blocks() {
        onALoop(OneTest::one);
    }

    private static void one() throws InterruptedException {
        Thread.sleep(5);
    }
}
