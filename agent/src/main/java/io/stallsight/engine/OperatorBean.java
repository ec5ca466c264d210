package io.stallsight.engine;

import io.stallsight.engine.control.Operator;
import io.stallsight.engine.jmx.Operations;
import java.util.Map;

/** The operator as the MBean sees it. */
record OperatorBean(Operator operator) implements Operations {

    @Override
    public Map<String, String> settings() {
        return operator.settings();
    }

    @Override
    public void set(String key, String value) {
        operator.set(key, value);
    }

    @Override
    public void reset() {
        operator.reset();
    }
}
