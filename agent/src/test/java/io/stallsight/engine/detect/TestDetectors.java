package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ConfigReader;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.stack.RuleBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Detectors for tests, of which only a part is looked at. */
public final class TestDetectors {

    private TestDetectors() {}

    /** The defaults, but for what agent arguments say. */
    public static Config config(String arguments) {
        return ConfigReader.read(arguments, new Properties(), Map.of(), Path.of(""));
    }

    /** One whose findings nobody takes. */
    public static Detector of(Catalog catalog, NonBlockingThreads threads) {
        return new Detector(
                catalog,
                config(""),
                new RuleBook(List.of()),
                new Describer(),
                threads,
                collecting(new ArrayList<>()),
                tick -> {},
                new NoConnections());
    }

    static CallListener collecting(List<BlockingCall> calls) {
        return (call, delivery) -> calls.add(call);
    }

    static final class NoConnections implements ConnectionListener {
        @Override
        public Object connecting(Object connection, Object remote) {
            return null;
        }

        @Override
        public long key(Object connection) {
            return 0;
        }

        @Override
        public void connectFailed(Object token) {}

        @Override
        public void disconnected(Object connection) {}
    }
}
