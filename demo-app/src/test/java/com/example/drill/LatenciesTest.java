package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void percentile_isOneOfTheLatencies() {
        LongStream.rangeClosed(1, 200).forEach(latencies::add);

        assertThat(latencies.percentile(0.99)).isEqualTo(Duration.ofNanos(198));
        assertThat(latencies.percentile(1)).isEqualTo(Duration.ofNanos(200));
        assertThat(latencies.percentile(0)).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void percentile_ofNothing_isZero() {
        assertThat(latencies.percentile(0.99)).isZero();
    }
}
