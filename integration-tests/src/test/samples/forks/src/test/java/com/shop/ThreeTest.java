package com.shop;

import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.api.Test;

@FailOnBlocking
class ThreeTest extends EndTogether {

    @Test
    void blocks() {
        onALoop(ThreeTest::three);
    }

    private static void three() throws InterruptedException {
        Thread.sleep(5);
    }
}
