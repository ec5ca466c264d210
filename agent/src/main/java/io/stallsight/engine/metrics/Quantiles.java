package io.stallsight.engine.metrics;

/** Values of the label {@code quantile}, as Prometheus writes them; 1 is the maximum. */
final class Quantiles {

    static final String P50 = "0.5";
    static final String P90 = "0.9";
    static final String P99 = "0.99";
    static final String MAX = "1";

    private Quantiles() {}
}
