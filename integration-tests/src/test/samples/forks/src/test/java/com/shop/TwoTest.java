package com.shop;

import io.stallsight.junit.FailOnBlocking;
import org.junit.jupiter.api.Test;

@FailOnBlocking
class TwoTest extends EndTogether {

    @Test
    void blocks() {
        onALoop(TwoTest::two);
    }

    private static void two() throws InterruptedException {
        Thread.sleep(5);
    }
}
