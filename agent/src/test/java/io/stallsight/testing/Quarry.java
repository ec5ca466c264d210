package io.stallsight.testing;

/**
 * A class loader as a framework's: its name says nothing, and there is no frame of {@link ClassLoader} below it. Frames
 * of the engine's package would count as the agent's.
 */
public final class Quarry extends ClassLoader {

    private final Runnable work;

    /** @param work done instead of loading a class */
    public Quarry(Runnable work) {
        super(null);
        this.work = work;
    }

    @Override
    public Class<?> loadClass(String name) {
        work.run();
        return Object.class;
    }

    /** Has the method's name only. */
    public static final class Loads {

        private Loads() {}

        public static void loadClass(Runnable work) {
            work.run();
        }
    }
}
