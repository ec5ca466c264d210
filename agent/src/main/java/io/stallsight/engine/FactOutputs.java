package io.stallsight.engine;

import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.hook.StallsightErrors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands each fact to every output. An error of one output is counted and does not keep the fact from the others. */
record FactOutputs(List<FactListener> outputs) implements FactListener {

    /** @param outputs null for one that this JVM does not have */
    static FactOutputs of(@Nullable FactListener... outputs) {
        return new FactOutputs(Arrays.stream(outputs).filter(Objects::nonNull).toList());
    }

    @Override
    public void observed(Fact fact) {
        for (FactListener output : outputs) {
            try {
                output.observed(fact);
            } catch (RuntimeException | Error e) {
                StallsightErrors.suppress(e);
            }
        }
    }
}
