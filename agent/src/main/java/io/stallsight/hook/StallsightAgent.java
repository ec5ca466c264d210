package io.stallsight.hook;

/**
 * Where woven code, the engine and the test support meet: the engine that is attached at the moment, and its offer to
 * classes of the agent in the application's loaders.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock of this class
public final class StallsightAgent {

    private static volatile StallsightEngine engine;
    private static volatile Object service;

    /** Grows with each engine that comes or goes. */
    private static volatile int engineNumber;

    /** Grows with {@link #engineNumber}, and when the rules for threads change. */
    private static volatile int epoch;

    private StallsightAgent() {}

    /** Connects an engine. Every thread is classified anew at its next hook. */
    public static synchronized void attach(StallsightEngine attached, byte[] flagsOfPoints) {
        StallsightPoints.setFlags(flagsOfPoints);
        engine = attached;
        engineNumber++;
        epoch++;
    }

    /** Disconnects the engine; hooks that are still woven do nothing afterwards. */
    public static synchronized void detach() {
        engine = null;
        StallsightPoints.recordProofs(null);
        engineNumber++;
        epoch++;
    }

    /** The rules have changed: every thread is classified anew at its next hook. */
    public static synchronized void reclassify() {
        epoch++;
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

    static int engineNumber() {
        return engineNumber;
    }

    static int epoch() {
        return epoch;
    }
}
