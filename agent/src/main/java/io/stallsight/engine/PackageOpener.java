package io.stallsight.engine;

import io.stallsight.engine.catalog.rule.ExchangeRule;
import io.stallsight.engine.instrument.HookInjector;
import io.stallsight.engine.reflect.Describer;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** Opens packages of the JDK to the engine, and to nobody else. */
record PackageOpener(Instrumentation instrumentation) {

    /**
     * Packages of java.base for the rooms: the workers of pools, what futures and references hang on, and the virtual
     * thread that a carrier runs.
     */
    private static final List<String> ROOMS =
            List.of("java.util", "java.util.concurrent", "java.util.concurrent.atomic", "java.lang", "jdk.internal.vm");

    /** What is needed in every JVM. To be called before anything else is made. */
    void openForDetectionAndRooms() {
        ModuleLayer.boot().findModule("java.management").ifPresent(management -> open(management, "sun.management"));
        Module base = Object.class.getModule();
        Describer.needs().forEach(name -> open(base, name));
        ROOMS.forEach(name -> open(base, name));
    }

    /** The packages of JDK classes in which the catalog says where requests go. */
    void openFor(List<ExchangeRule> rules) {
        for (ExchangeRule rule : rules) {
            String packageName = rule.className().substring(0, rule.className().lastIndexOf('.'));
            for (Module module : ModuleLayer.boot().modules()) {
                if (module.getPackages().contains(packageName)) {
                    open(module, packageName);
                }
            }
        }
    }

    /** Opens the package of a class. */
    void open(Class<?> in) {
        open(in.getModule(), in.getPackageName());
    }

    /** Opens a package, of which no class may be loaded yet. */
    void open(Module module, String packageName) {
        HookInjector.open(instrumentation, module, packageName, PackageOpener.class.getModule());
    }
}
