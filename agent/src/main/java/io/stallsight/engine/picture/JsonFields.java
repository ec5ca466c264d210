package io.stallsight.engine.picture;

import com.grack.nanojson.JsonAppendableWriter;
import io.stallsight.engine.picture.series.Series;
import io.stallsight.frame.Frames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of docs/api.md. Nanoseconds become milliseconds; a number that is not known (-1) is null. */
record JsonFields(JsonAppendableWriter json, Range range) {

    void number(String name, long value) {
        if (value < 0) {
            json.nul(name);
        } else {
            json.value(name, value);
        }
    }

    void duration(String name, long nanos) {
        if (nanos < 0) {
            json.nul(name);
        } else {
            json.value(name, millis(nanos));
        }
    }

    void share(String name, double value) {
        if (value < 0) {
            json.nul(name);
        } else {
            json.value(name, rounded(value));
        }
    }

    /** Null if there is none. */
    void frame(String name, @Nullable StackTraceElement frame) {
        json.value(name, frame == null ? null : Frames.describe(frame));
    }

    void stack(String name, List<StackTraceElement> stack) {
        json.array(name);
        stack.forEach(frame -> json.value(Frames.describe(frame)));
        json.end();
    }

    /** @param unit what the values are divided by */
    void series(String name, Series series, double unit) {
        json.array(name);
        for (long column = range.first(); column < range.end(); column++) {
            float value = series.at(range.resolution(), column);
            if (Float.isNaN(value)) {
                json.nul();
            } else {
                json.value(rounded(value / unit));
            }
        }
        json.end();
    }

    static double millis(long nanos) {
        return rounded(nanos / 1e6);
    }

    static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
