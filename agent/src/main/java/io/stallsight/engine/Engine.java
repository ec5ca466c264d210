package io.stallsight.engine;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.config.Config;
import io.stallsight.engine.control.Control;
import io.stallsight.engine.detect.Calls;
import io.stallsight.engine.detect.Detection;
import io.stallsight.engine.detect.Detector;
import io.stallsight.engine.detect.StartUp;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.stack.LoadedSubclasses;
import io.stallsight.engine.thread.AgentThread;
import io.stallsight.hook.StallsightAgent;
import io.stallsight.hook.StallsightContexts;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import io.stallsight.hook.StallsightLeases;
import io.stallsight.hook.StallsightQueues;
import io.stallsight.hook.StallsightSpan;
import io.stallsight.hook.StallsightVirtualThreads;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * One attach: everything from the hooks to the outputs, built in the order in which each thing needs those before it.
 *
 * <p>Findings flow from the hooks to the outputs, so what takes them is built before what makes them: {@link Detection}
 * (what all decisions are made by), {@link Outputs}, {@link Rooms} (what is observed from outside), {@link Weaving},
 * and at last {@link Detector}, which the hooks call. They are started in about the same order, see {@link #parts}.
 */
public final class Engine implements Attachment {

    private final Requests requests;
    private final StartUp startUp;
    private final Parts parts;
    private final AgentThread exit = new AgentThread("exit", this::exit);

    private Engine(Inputs inputs) {
        Detection detection = new Detection(
                inputs.catalog(), inputs.config(), new LoadedSubclasses(inputs.instrumentation()::getAllLoadedClasses));
        Outputs outputs = new Outputs(inputs, detection);
        Calls calls = new Calls(detection, outputs.findings());
        Holes holes = new Holes(inputs.hooks(), outputs.log()::warn);
        Rooms rooms = new Rooms(inputs, detection, calls, outputs, holes);
        Weaving weaving = new Weaving(inputs, detection, outputs, holes);
        Detector detector = new Detector(
                detection,
                calls,
                outputs.findings(),
                rooms.waits(),
                rooms.ticks(),
                rooms.connections(),
                rooms.exchanges(),
                rooms.samplingBell(),
                weaving);
        Control control = new Control(outputs.feed(), detection, rooms.watching(), outputs.log()::mute);
        requests = outputs.requests();
        startUp = detection.startUp();
        parts = new Parts(parts(inputs, detector, outputs, rooms, weaving, control));
    }

    /**
     * The hooks are connected first, as the threads of all other parts ask them to be left alone; nothing is woven yet,
     * so nobody calls. They are woven when everything is ready, and the test support is let in last.
     */
    private List<Part> parts(
            Inputs inputs, Detector detector, Outputs outputs, Rooms rooms, Weaving weaving, Control control) {
        List<Part> all = new ArrayList<>();
        all.add(Part.untilDetach(() -> connect(detector, inputs.hooks(), inputs.config()), () -> disconnect(detector)));
        all.addAll(outputs.parts());
        all.addAll(rooms.parts());
        all.addAll(weaving.parts());
        all.add(Part.untilDetach(() -> Runtime.getRuntime().addShutdownHook(exit), this::isExiting));
        all.add(Part.untilDetach(() -> StallsightAgent.setService(control), Engine::endService));
        return all;
    }

    /** Starts detecting; what is returned restores the JVM. */
    static Attachment start(Config config, Catalog catalog, Instrumentation instrumentation, AgentStatus status) {
        Engine engine = new Engine(Inputs.of(config, catalog, instrumentation, status));
        engine.parts.start();
        return engine;
    }

    @Override
    public String answer(String request) {
        StallsightSpan work = StallsightHook.beginAgentWork();
        try {
            return requests.answer(request);
        } finally {
            StallsightHook.endAgentWork(work);
        }
    }

    @Override
    public void stop() {
        if (isExiting()) {
            return; // what has to be done at the end of the JVM is done by the hook
        }
        parts.stop();
        reportErrors();
    }

    /** Whether the JVM ends; if not, nothing is left to do at its end. */
    private boolean isExiting() {
        try {
            Runtime.getRuntime().removeShutdownHook(exit);
            return false;
        } catch (IllegalStateException exiting) {
            return true;
        }
    }

    private void exit() {
        startUp.jvmEnds();
        parts.exit();
        reportErrors();
    }

    private static void connect(Detector detector, HookTable hooks, Config config) {
        StallsightVirtualThreads.watchUnnamed(false);
        StallsightVirtualThreads.watch(!config.threads().isEmpty());
        StallsightAgent.attach(detector, hooks.flags());
    }

    private static void disconnect(Detector detector) {
        StallsightAgent.detach();
        detector.forgetThreads();
        StallsightQueues.prune(true);
        StallsightLeases.forget();
        ClassMap.forgetAll();
    }

    private static void endService() {
        StallsightAgent.setService(null);
        StallsightContexts.stop();
    }

    private static void reportErrors() {
        long errors = StallsightErrors.suppressed();
        if (errors > 0) {
            System.err.println("[stallsight] error: " + errors + " errors of the agent were suppressed; the first: "
                    + StallsightErrors.first());
        }
    }
}
