package io.stallsight.engine.config;

/** A text that no log, exception or list of options shows. */
public record Secret(String text) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
