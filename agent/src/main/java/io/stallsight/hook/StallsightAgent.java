package io.stallsight.hook;

/**
 * Where woven code, the engine and the test support meet: the engine that is attached at the moment, and its offer to
 * classes of the agent in the application's loaders.
 */
public final class StallsightAgent {

    private static volatile StallsightEngine engine;
    private static volatile Object service;

    private StallsightAgent() {}

    /** Connects an engine. Every thread is classified anew at its next hook. */
    public static synchronized void attach(StallsightEngine attached, byte[] flagsOfPoints) {
        StallsightPoints.setFlags(flagsOfPoints);
        engine = attached;
        StallsightThread.nextEngine();
    }

    /** Disconnects the engine; hooks that are still woven do nothing afterwards. */
    public static synchronized void detach() {
        engine = null;
        StallsightPoints.recordProofs(null);
        StallsightThread.nextEngine();
    }

    /** The rules have changed: every thread is classified anew at its next hook. */
    public static synchronized void reclassify() {
        StallsightThread.nextEpoch();
    }

    /**
     * What the engine offers to the test support: a {@code BiFunction<String, Object, Object>}, null while no engine is
     * attached. It is kept here because this class is one and the same for all loaders.
     */
    public static Object service() {
        return service;
    }

    public static void setService(Object offered) {
        service = offered;
    }

    static StallsightEngine engine() {
        return engine;
    }
}
