package io.stallsight.engine.blockhound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The integrations in one class loader of the application: reads their service files and runs copies of them. */
final class LoaderIntegrations {

    private static final String SERVICE = "META-INF/services/reactor.blockhound.integration.BlockHoundIntegration";

    /** BlockHound's own integrations are skipped: the catalog knows their libraries, and one replaces System.out. */
    private static final String BLOCKHOUND = "reactor.blockhound.";

    private final ClassLoader loader;
    private final BlockHoundSupport support;
    private final Consumer<String> warnings;

    LoaderIntegrations(ClassLoader loader, BlockHoundSupport support, Consumer<String> warnings) {
        this.loader = loader;
        this.support = support;
        this.warnings = warnings;
    }

    /** Runs all integrations and passes their settings to the engine. Warns of those that fail, and skips them. */
    void apply() throws ReflectiveOperationException, IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            return;
        }
        IntegrationLoader copies = new IntegrationLoader(loader);
        Thread.currentThread().setContextClassLoader(loader); // as a ServiceLoader of the application would have it
        try {
            Object builder = copies.loadClass("reactor.blockhound.BlockHound")
                    .getMethod("builder")
                    .invoke(null);
            applyAll(names, copies, builder);
            support.adoptIntegrations(builder, loader);
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
    }

    private void applyAll(List<String> names, ClassLoader copies, Object builder) throws ReflectiveOperationException {
        Class<?> type = copies.loadClass("reactor.blockhound.integration.BlockHoundIntegration");
        List<Object> integrations = new ArrayList<>();
        for (String name : names) {
            try {
                integrations.add(type.cast(
                        copies.loadClass(name).getDeclaredConstructor().newInstance()));
            } catch (Throwable t) {
                warnOfFailure(name, t);
            }
        }
        integrations.sort(null); // integrations are comparable, and BlockHound applies them in that order
        for (Object integration : integrations) {
            String name = integration.getClass().getName();
            try {
                support.apply(
                        builder,
                        name,
                        () -> type.getMethod("applyTo", builder.getClass()).invoke(integration, builder));
            } catch (Throwable t) {
                warnOfFailure(name, t);
            }
        }
    }

    private void warnOfFailure(String name, Throwable failure) {
        warnings.accept("the BlockHound integration " + name + " fails and is left out: " + cause(failure));
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof InvocationTargetException && cause != null ? cause : failure;
    }

    /** Returns the class names in the loader's service files, without those of its parent. */
    private List<String> names() throws IOException {
        Set<String> read = new LinkedHashSet<>();
        ClassLoader parent = loader.getParent();
        if (parent != null) {
            Collections.list(parent.getResources(SERVICE)).forEach(url -> read.add(url.toString()));
        }
        Set<String> names = new LinkedHashSet<>();
        for (URL url : Collections.list(loader.getResources(SERVICE))) {
            if (read.add(url.toString())) {
                URLConnection connection = url.openConnection();
                connection.setUseCaches(false); // a cached jar file stays open after its loader is closed
                try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                    in.lines().map(LoaderIntegrations::name).forEach(names::add);
                }
            }
        }
        names.removeIf(name -> name.isEmpty() || name.startsWith(BLOCKHOUND));
        return List.copyOf(names);
    }

    private static String name(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).trim();
    }
}
