package io.stallsight.engine;

import io.stallsight.engine.blockhound.ApplicationLoaders;
import io.stallsight.engine.blockhound.BlockHoundSupport;
import io.stallsight.engine.blockhound.Integrations;
import io.stallsight.engine.catalog.point.Point;
import io.stallsight.engine.config.AgentVersion;
import io.stallsight.engine.config.BlockHoundCalls;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.config.ServedRequests;
import io.stallsight.engine.detect.ApplicationListener;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.host.Hosts;
import io.stallsight.engine.instrument.Installation;
import io.stallsight.engine.instrument.LoadedHosts;
import io.stallsight.engine.instrument.Weaver;
import io.stallsight.engine.log.LogOutput;
import io.stallsight.engine.origin.Origin;
import io.stallsight.engine.origin.Origins;
import io.stallsight.engine.stack.InlinedLines;
import io.stallsight.engine.stack.LimitNames;
import io.stallsight.engine.weavecache.WeaveCache;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into the application, and knows the parts that follow its classes and tools: an installed BlockHound
 * and integrations for it, libraries that show metrics, its logging.
 */
final class Weaving implements ApplicationListener {

    private final Holes holes;
    private final LogOutput log;
    private final Hosts hosts;
    private final @Nullable ApplicationLoaders loaders;
    private final Origins origins;
    private final InlinedLines inlinedLines;
    private final LimitNames limitNames;
    private final Instrumentation instrumentation;
    private final boolean hasCache;
    private final Installation installation;
    private final LoadedHosts loadedHosts;
    private final BlockHoundSupport blockHound;

    Weaving(Inputs inputs, Detection detection, Outputs outputs, Holes holes) {
        this.holes = holes;
        log = outputs.log();
        hosts = outputs.hosts();
        origins = detection.origins();
        inlinedLines = detection.inlinedLines();
        limitNames = detection.limitNames();
        instrumentation = inputs.instrumentation();
        BlockHoundCalls calls = inputs.config().blockhound();
        loaders = calls == BlockHoundCalls.OFF
                ? null
                : new ApplicationLoaders(inputs.catalog().libraryPackages());
        WeaveCache cache = cache(inputs.config());
        hasCache = cache.isKept();
        installation = new Installation(instrumentation, inputs.catalog(), inputs.hooks(), cache, new Loading());
        loadedHosts = new LoadedHosts(inputs.instrumentation(), inputs.catalog().hosts());
        blockHound = new BlockHoundSupport(
                calls, inputs.catalog(), detection, installation, inputs.opener()::open, log::warn);
    }

    private WeaveCache cache(Config config) {
        Path folder = config.cache();
        String build = AgentVersion.build();
        // BlockHound refuses to read a file inside of a class load on a non-blocking thread, and what it needs to say
        // so
        // may be that very class: the JVM then throws a ClassCircularityError for good
        if (folder == null || build == null || BlockHoundSupport.isBlockHoundActive()) {
            return WeaveCache.none();
        }
        try {
            return WeaveCache.in(
                    folder,
                    WeaveCache.key(build, config.catalog(), config.requests() == ServedRequests.ON ? "" : "requests"));
        } catch (IOException | SecurityException e) {
            log.warn("option cache: woven classes are not kept for later JVMs: " + e.getMessage());
            return WeaveCache.none();
        }
    }

    /** Takes each class that the JVM loads. */
    private final class Loading implements Weaver.ClassWatch {

        @Override
        public void loading(String className, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
            if (loader != null) {
                origins.loading(className, domain);
            }
            if (loaders != null) {
                loaders.loading(className, loader);
            }
            if (className.equals("org.slf4j.LoggerFactory")) {
                log.slf4jLoading(loader);
            }
        }

        /** A library's lines are never the site. */
        @Override
        public boolean isNamed(String className) {
            return origins.of(className) != Origin.LIBRARY;
        }

        @Override
        public void sourceMap(String className, String text) {
            inlinedLines.loading(className, text);
        }

        @Override
        public void semaphoreFields(String className, Map<Integer, String> byLine) {
            limitNames.loading(className, byLine);
        }
    }

    @Override
    public void threadStarting() {
        if (loaders != null) {
            loaders.threadStarting();
        }
    }

    @Override
    public boolean takeOver(Object tool) {
        boolean taken = blockHound.takeOver(tool);
        holes.report();
        return taken;
    }

    @Override
    public void hostSeen(Point point, Object host) {
        hosts.seen(point, host);
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (hasCache) {
            parts.add(Part.untilExit(installation::startThread, installation::stopThread));
        }
        parts.add(Part.untilDetach(this::weave, this::unweave));
        if (loaders != null) {
            Integrations integrations = new Integrations(loaders, blockHound, log::warn);
            parts.add(Part.untilExit(integrations::start, integrations::stop));
        }
        return parts;
    }

    private void weave() {
        origins.loaded(instrumentation.getAllLoadedClasses());
        installation.install();
        loadedHosts.find(hosts::seen);
        holes.report();
        blockHound.warnIfBlockHoundIsActive();
        if (isLate()) {
            threadStarting(); // it has started threads before the hooks could see it
        }
    }

    private void unweave() {
        try {
            installation.remove();
        } finally {
            blockHound.stop();
        }
    }

    /** Whether the application runs already: an attach comes on a thread of the JVM's own. */
    private static boolean isLate() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        return group == null || group.getParent() == null;
    }
}
