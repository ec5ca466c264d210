package io.stallsight.engine.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the hook classes in package {@code java.lang} of the boot loader. A jar that is appended to the boot class
 * path would end class data sharing, with a warning of the JVM. All loaders delegate {@code java.*}, also those of OSGi
 * and JBoss Modules, so every woven class finds the hooks.
 */
public final class HookInjector {

    private static final String PACKAGE = "java.lang.";

    /** In the order in which they are defined: a superclass before its subclasses. */
    static final List<String> CLASSES = classes();

    private HookInjector() {}

    private static List<String> classes() {
        List<String> names = new ArrayList<>(List.of(
                "StallsightErrors",
                "StallsightPoints",
                "StallsightVirtualThreads",
                "StallsightHistogram",
                "StallsightIdentityMap$Key",
                "StallsightIdentityMap$Probe",
                "StallsightIdentityMap",
                "StallsightSlot$Loose",
                "StallsightSlot",
                "StallsightLease",
                "StallsightConnectionPool",
                "StallsightHold",
                "StallsightLimit",
                "StallsightQueue",
                "StallsightQueues",
                "StallsightRole",
                "StallsightPoolCall",
                "StallsightSpan",
                "StallsightWaiters",
                "StallsightArrivals$Step",
                "StallsightArrivals",
                "StallsightVictimCounts$Victim",
                "StallsightVictimCounts",
                "StallsightVictims",
                "StallsightTick",
                "StallsightWatch",
                "StallsightSampling",
                "StallsightLoop",
                "StallsightCall",
                "StallsightRun",
                "StallsightTaskCount",
                "StallsightBorrower",
                "StallsightAttribution",
                "StallsightRequest",
                "StallsightTraced",
                "StallsightThread",
                "StallsightStates",
                "StallsightEngine",
                "StallsightAgent",
                "StallsightHook"));
        addHooks(names, "StallsightContexts", "ContextHook", "Carry", "Share", "Resume", "Turn");
        names.add("StallsightDirections");
        addHooks(names, "StallsightCalls", "Enter", "Exit", "QuietEnter");
        addHooks(names, "StallsightTasks", "Queue", "Reject", "Hand", "Start", "Take", "Leave", "Work");
        addHooks(
                names,
                "StallsightLoops",
                "IdleEnter",
                "IdleExit",
                "LoopBegin",
                "LoopEnd",
                "Poll",
                "Round",
                "Event",
                "Task");
        addHooks(names, "StallsightSelectors", "SelectNow", "Select", "SelectExit", "SelectorClose");
        addHooks(
                names,
                "StallsightConnections",
                "Connect",
                "ConnectFailed",
                "Connected",
                "Accept",
                "Disconnect",
                "Write",
                "Read",
                "Make",
                "Pass",
                "Lend");
        addHooks(names, "StallsightExchanges", "Send", "Begin", "End", "Fail");
        names.add("StallsightVirtualRequests");
        addHooks(names, "StallsightLeases", "Borrow", "Begin", "BeginExit", "End", "Ask");
        addHooks(names, "StallsightPermits", "Waiter", "Wait", "WaitExit", "Made", "Own", "Line", "Proof");
        addHooks(names, "StallsightRequests", "Serve", "ServeExit", "Route", "Trace");
        addHooks(names, "StallsightThreads", "ThreadStart", "ThreadStartFailed", "ThreadEnd");
        addHooks(names, "StallsightPolicies", "PolicyEnter", "ToolReport", "ToolInstall");
        addHooks(names, "StallsightHosts", "Host");
        names.add("StallsightFrames");
        names.add("StallsightNatives");
        return List.copyOf(names);
    }

    /** A class with entry points, and the hooks nested in it. */
    private static void addHooks(List<String> names, String subject, String... hooks) {
        for (String hook : hooks) {
            names.add(subject + "$" + hook);
        }
        names.add(subject);
    }

    /**
     * Defines the classes that are not defined yet. They stay for the life of the JVM, so a later attach finds them.
     *
     * @throws IllegalStateException if another version of the agent left hooks that this one cannot use
     */
    public static void inject(Instrumentation instrumentation, int protocol)
            throws IllegalAccessException, IOException {
        open(instrumentation, Object.class, HookInjector.class.getModule());
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
        for (String name : CLASSES) {
            try {
                Class.forName(PACKAGE + name, false, null);
            } catch (ClassNotFoundException notYet) {
                lookup.defineClass(bytes(name));
            }
        }
        int found = protocolOf(lookup);
        if (found != protocol) {
            throw new IllegalStateException("another version of Stallsight was attached to this JVM before (hooks "
                    + found + ", needed " + protocol + "); restart the JVM to use this one");
        }
        initialize();
    }

    /** A class that is initialised inside a hook would run code of the JDK in the middle of what was woven. */
    private static void initialize() {
        for (String name : CLASSES) {
            try {
                Class.forName(PACKAGE + name, true, null);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the hooks are incomplete", e);
            }
        }
    }

    /** Opens the package of a class to the engine alone, for reflection. */
    public static void open(Instrumentation instrumentation, Class<?> in, Module to) {
        open(instrumentation, in.getModule(), in.getPackageName(), to);
    }

    /** Opens a package of which no class is loaded yet. */
    public static void open(Instrumentation instrumentation, Module module, String packageName, Module to) {
        instrumentation.redefineModule(module, Set.of(), Map.of(), Map.of(packageName, Set.of(to)), Set.of(), Map.of());
    }

    private static int protocolOf(MethodHandles.Lookup lookup) throws IllegalAccessException {
        try {
            Class<?> hook = Class.forName(PACKAGE + "StallsightHook", true, null);
            return (int) lookup.findStaticGetter(hook, "PROTOCOL", int.class).invoke();
        } catch (IllegalAccessException e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException("the hooks cannot be read", t);
        }
    }

    private static byte[] bytes(String name) throws IOException {
        String resource = PACKAGE.replace('.', '/') + name + ".class";
        try (InputStream in = HookInjector.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing in the agent jar");
            }
            return in.readAllBytes();
        }
    }
}
