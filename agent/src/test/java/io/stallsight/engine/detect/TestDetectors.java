package io.stallsight.engine.detect;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.catalog.rule.FrameRule;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ConfigReader;
import io.stallsight.engine.stack.Libraries;
import io.stallsight.engine.stack.Naming;
import io.stallsight.engine.stack.RuleBook;
import io.stallsight.engine.stack.Subclasses;
import io.stallsight.engine.thread.Doorbell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/** Detectors for tests, of which only a part is looked at. */
public final class TestDetectors {

    private TestDetectors() {}

    /** The defaults, but for what agent arguments say. */
    public static Config config(String arguments) {
        return ConfigReader.read(arguments, new Properties(), Map.of(), Path.of(""));
    }

    /** With default options. */
    public static Detection detection(Catalog catalog) {
        return detection(catalog, config(""));
    }

    public static Detection detection(Catalog catalog, Config config) {
        return new Detection(catalog, config, Subclasses.BY_NAME);
    }

    /** Rules without those of a catalog. */
    public static RuleBook rules(List<FrameRule> rules) {
        Catalog catalog = TestCatalogs.of("{}");
        Naming naming = new Naming(new Libraries(List.of(), List.of()), catalog);
        RuleBook book = new RuleBook(catalog, naming, Subclasses.BY_NAME);
        book.add(rules);
        return book;
    }

    /** One whose findings nobody takes. */
    public static Detector of(Catalog catalog) {
        Detection detection = detection(catalog);
        CallListener listener = (call, delivery) -> {};
        return of(detection, new Calls(detection, listener), listener);
    }

    static Detector of(Detection detection, Calls calls, CallListener listener) {
        return new Detector(
                detection,
                calls,
                listener,
                wait -> {},
                tick -> {},
                new NoConnections(),
                new NoExchanges(),
                new Doorbell(),
                new NoTools());
    }

    private static final class NoTools implements ApplicationListener {
        @Override
        public void threadStarting() {}

        @Override
        public boolean takeOver(Object tool) {
            return false;
        }

        @Override
        public void hostSeen(Point point, Object host) {}
    }

    private static final class NoExchanges implements ExchangeListener {
        @Override
        public void sent(Object exchange, CompletableFuture<?> answer) {}

        @Override
        public void began(Object exchange, Object sender) {}

        @Override
        public void ended(Object exchange, Object outcome) {}

        @Override
        public void failed(Object exchange) {}
    }

    private static final class NoConnections implements ConnectionListener {
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
