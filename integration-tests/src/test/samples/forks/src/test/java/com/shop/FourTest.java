package com.shop;

import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.api.Test;

@FailOnBlocking
class FourTest extends EndTogether {

    @Test
    void blocks() {
        onALoop(FourTest::four);
    }

    private static void four() throws InterruptedException {
        Thread.sleep(5);
    }
}
