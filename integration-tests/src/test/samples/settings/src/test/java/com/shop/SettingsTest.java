package com.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stallsight.api.Collector;
import io.stallsight.api.Stallsight;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void allowedByTheFile() {
        Loop.run(Loop::warmUp);
    }

    @Test
    void shorterThanTheThreshold() {
        Loop.run(Loop::quick);
    }

    /** The option is the agent's, which the tests attach themselves. */
    @Test
    void onAThreadOfTheFile() throws Exception {
        try (Collector collector = Stallsight.collect()) {
            Thread worker = new Thread(
                    () -> {
                        try {
                            Loop.quick();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    "shop-worker-1");
            worker.start();
            worker.join();
            assertEquals(1, collector.findings().ofSite(Loop.class).size());
        }
    }
}
