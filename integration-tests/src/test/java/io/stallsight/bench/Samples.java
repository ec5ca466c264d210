package io.stallsight.bench;

import java.util.Arrays;

/** Repeated measurements of one thing. */
final class Samples {

    private double[] values = new double[0];

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    double last() {
        return values[values.length - 1];
    }

    int count() {
        return values.length;
    }

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Each value over that of the same number. */
    Samples over(Samples others) {
        Samples ratios = new Samples();
        for (int i = 0; i < Math.min(values.length, others.values.length); i++) {
            ratios.add(values[i] / others.values[i]);
        }
        return ratios;
    }

    /** @param part between 0 and 1 */
    double quantile(double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }

    double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    double max() {
        return Arrays.stream(values).max().orElseThrow();
    }
}
